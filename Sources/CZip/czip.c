#include "czip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

struct czip_archive {
    zip_t *zip;
    uint64_t file_size;
};

struct czip_reader {
    zip_file_t *file;
};

static zip_t *open_descriptor(int descriptor, char *why, size_t why_size) {
    int code = 0;
    zip_t *zip = zip_fdopen(descriptor, 0, &code); /* takes the descriptor where it succeeds */
    if (zip == NULL) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        snprintf(why, why_size, "%s", zip_error_strerror(&error));
        zip_error_fini(&error);
        close(descriptor);
    }
    return zip;
}

czip_archive *czip_open(const char *path, char *why, size_t why_size) {
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    if (descriptor < 0 || fstat(descriptor, &info) != 0) {
        snprintf(why, why_size, "%s", strerror(errno));
        if (descriptor >= 0) close(descriptor);
        return NULL;
    }
    if (!S_ISREG(info.st_mode)) {
        snprintf(why, why_size, "not a regular file");
        close(descriptor);
        return NULL;
    }
    czip_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL) abort();
    archive->file_size = (uint64_t)info.st_size;
    archive->zip = open_descriptor(descriptor, why, why_size);
    if (archive->zip == NULL) {
        free(archive);
        return NULL;
    }
    return archive;
}

void czip_close(czip_archive *archive) {
    if (archive == NULL) return;
    zip_discard(archive->zip);
    free(archive);
}

uint64_t czip_file_size(const czip_archive *archive) { return archive->file_size; }

int64_t czip_count(const czip_archive *archive) { return zip_get_num_entries(archive->zip, ZIP_FL_UNCHANGED); }

int czip_entry_at(czip_archive *archive, uint64_t index, czip_entry *entry) {
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t info;
    zip_stat_init(&info);
    if (zip_stat_index(archive->zip, index, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &info) != 0) return -1;
    if ((info.valid & needed) != needed || info.name == NULL) return -1;
    entry->name = info.name;
    entry->size = info.size;
    entry->packed_size = info.comp_size;
    entry->is_encrypted = info.encryption_method != ZIP_EM_NONE;
    return 0;
}

czip_reader *czip_reader_open(czip_archive *archive, uint64_t index, char *why, size_t why_size) {
    zip_file_t *file = zip_fopen_index(archive->zip, index, ZIP_FL_UNCHANGED);
    if (file == NULL) {
        snprintf(why, why_size, "%s", zip_strerror(archive->zip));
        return NULL;
    }
    czip_reader *reader = malloc(sizeof *reader);
    if (reader == NULL) abort();
    reader->file = file;
    return reader;
}

int64_t czip_read(czip_reader *reader, void *buffer, size_t size) { return zip_fread(reader->file, buffer, size); }

void czip_reader_close(czip_reader *reader) {
    if (reader == NULL) return;
    zip_fclose(reader->file);
    free(reader);
}
