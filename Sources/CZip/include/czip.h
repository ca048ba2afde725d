#ifndef CZIP_H
#define CZIP_H
/* The door to libzip: reading the members of an archive, nothing else. No libzip header is visible to Swift. */
#include <stddef.h>
#include <stdint.h>

typedef struct czip_archive czip_archive;
typedef struct czip_reader czip_reader;

/* What the archive's directory says of one member. The name's bytes live as long as the archive. */
typedef struct {
    const char *name;
    uint64_t size;
    uint64_t packed_size;
    int is_encrypted;
} czip_entry;

/* Opens a regular file, following no link; NULL where it cannot be opened or is no ZIP archive, and why. zip_fdopen */
czip_archive *czip_open(const char *path, char *why, size_t why_size);
void czip_close(czip_archive *);
/* The size of the archive's own file. */
uint64_t czip_file_size(const czip_archive *);
/* How many members its directory lists. zip_get_num_entries */
int64_t czip_count(const czip_archive *);
/* The member at an index, as the central directory states it; 0, or -1 where it states less. zip_stat_index */
int czip_entry_at(czip_archive *, uint64_t index, czip_entry *);

/* Begins reading one member; NULL where it cannot be read, and why. zip_fopen_index */
czip_reader *czip_reader_open(czip_archive *, uint64_t index, char *why, size_t why_size);
/* The member's next bytes: how many, 0 at the end, -1 where its data is damaged. zip_fread */
int64_t czip_read(czip_reader *, void *buffer, size_t size);
void czip_reader_close(czip_reader *);
#endif
