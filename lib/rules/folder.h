/* folder.h - the files of a ruleset on disk: the only input and output in the library, and only while loading. */
#ifndef HZ_RULES_FOLDER_H
#define HZ_RULES_FOLDER_H

#include "rules/model.h"

/* Reads ruleset.yaml, *.yaml and tables/ *.yaml below folder into the arena, sorted by path (byte order); with
 * examples also *.examples.yaml; *.yml too, for hz_rules_read to refuse. E_IO and E_TOO_LARGE go to diags; symbolic
 * links are followed, sub-folders other than tables/ are not read. Returns the files; *count may be 0 after an error. */
hz_file *hz_folder_read(hz_arena *arena, hz_diags *diags, hz_str folder, bool examples, uint32_t *count);

#endif
