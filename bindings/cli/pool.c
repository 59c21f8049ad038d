/* pool.c - a ring of places: handed in at one end, taken by threads in order, handed back from the other end when done. One
 * lock for all of it: pieces take milliseconds.
 */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct place {
    void *piece;
    bool done;
} place;

typedef struct worker {
    cli_pool *pool;
    int number;
    pthread_t thread;
} worker;

struct cli_pool {
    pthread_mutex_t lock;
    pthread_cond_t handed_in, worked_on, turned;
    cli_pool_work work;
    void *context;
    place *ring;
    size_t room;
    uint64_t given, begun, taken; /* pieces so far: handed in, taken by a thread, handed back */
    uint64_t *turns;              /* per lane: number of the piece whose turn it is */
    bool closing;
    int threads;                  /* 0: pieces are worked on where they are handed in */
    worker *workers;
};

static place *place_of(const cli_pool *pool, uint64_t number)
{
    return &pool->ring[number % pool->room];
}

static void *run(void *argument)
{
    const worker *self = argument;
    cli_pool *pool = self->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->begun == pool->given && !pool->closing)
            pthread_cond_wait(&pool->handed_in, &pool->lock);
        if (pool->begun == pool->given)
            break;
        place *at = place_of(pool, pool->begun++);
        pthread_mutex_unlock(&pool->lock);
        pool->work(pool->context, self->number, at->piece);
        pthread_mutex_lock(&pool->lock);
        at->done = true;
        pthread_cond_signal(&pool->worked_on);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

cli_pool *cli_pool_new(int jobs, size_t room, size_t lanes, cli_pool_work work, void *context)
{
    cli_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return NULL;
    pool->work = work;
    pool->context = context;
    pool->room = room;
    pool->ring = calloc(room, sizeof *pool->ring);
    pool->workers = calloc((size_t)jobs, sizeof *pool->workers);
    pool->turns = calloc(lanes + 1, sizeof *pool->turns);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->handed_in, NULL);
    pthread_cond_init(&pool->worked_on, NULL);
    pthread_cond_init(&pool->turned, NULL);
    bool well = pool->ring != NULL && pool->workers != NULL && pool->turns != NULL;
    for (int i = 0; i < jobs && jobs > 1 && well; i++) {
        pool->workers[i] = (worker){.pool = pool, .number = i};
        well = pthread_create(&pool->workers[i].thread, NULL, run, &pool->workers[i]) == 0;
        pool->threads += well;
    }
    if (well)
        return pool;
    cli_pool_free(pool);
    return NULL;
}

void cli_pool_free(cli_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->handed_in);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->turned);
    pthread_cond_destroy(&pool->worked_on);
    pthread_cond_destroy(&pool->handed_in);
    pthread_mutex_destroy(&pool->lock);
    free(pool->turns);
    free(pool->workers);
    free(pool->ring);
    free(pool);
}

size_t cli_pool_count(const cli_pool *pool)
{
    return (size_t)(pool->given - pool->taken);
}

void cli_pool_give(cli_pool *pool, void *piece)
{
    pthread_mutex_lock(&pool->lock);
    place *at = place_of(pool, pool->given++);
    *at = (place){.piece = piece};
    pthread_cond_signal(&pool->handed_in);
    pthread_mutex_unlock(&pool->lock);
    if (pool->threads > 0)
        return;
    pool->begun++;
    pool->work(pool->context, 0, piece);
    at->done = true;
}

void *cli_pool_take(cli_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    place *at = place_of(pool, pool->taken);
    while (!at->done)
        pthread_cond_wait(&pool->worked_on, &pool->lock);
    pool->taken++;
    pthread_mutex_unlock(&pool->lock);
    return at->piece;
}

void cli_pool_take_turn(cli_pool *pool, size_t lane, uint64_t number)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->turns[lane] != number)
        pthread_cond_wait(&pool->turned, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void cli_pool_give_turn(cli_pool *pool, size_t lane)
{
    pthread_mutex_lock(&pool->lock);
    pool->turns[lane]++;
    pthread_cond_broadcast(&pool->turned);
    pthread_mutex_unlock(&pool->lock);
}
