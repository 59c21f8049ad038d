/* pool.h - threads that work on pieces, which are handed back in the order in which they were handed in. The only file of
 * the program that makes threads; the library makes none.
 *
 * One thread hands in and takes out (cli_pool_give, cli_pool_take). With one job there are no threads: a piece is worked on
 * where it is handed in.
 */
#ifndef HUZHU_CLI_POOL_H
#define HUZHU_CLI_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cli_pool cli_pool;

/* Works on a piece; worker: which thread this is, from 0. */
typedef void (*cli_pool_work)(void *context, int worker, void *piece);

/* Threads for jobs > 1; room for so many pieces at a time; lanes in which pieces take turns. NULL: no memory, or no threads. */
cli_pool *cli_pool_new(int jobs, size_t room, size_t lanes, cli_pool_work work, void *context);
/* Waits for what is being worked on. NULL is fine. */
void cli_pool_free(cli_pool *pool);

/* How many pieces are in the pool: no more than its room may be handed in. */
size_t cli_pool_count(const cli_pool *pool);
void cli_pool_give(cli_pool *pool, void *piece);
/* The oldest piece, once it is done. Not of an empty pool. */
void *cli_pool_take(cli_pool *pool);

/* Within work: waits until all pieces before this one, by their number in order of handing in from 0, have given their turn
 * in a lane away. Every piece takes and gives its turn in all lanes, in their order, or no piece does. */
void cli_pool_take_turn(cli_pool *pool, size_t lane, uint64_t number);
void cli_pool_give_turn(cli_pool *pool, size_t lane);

#endif
