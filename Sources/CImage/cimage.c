#include "cimage.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <tiffio.h>

int cimage_confine(uint64_t bytes, uint64_t seconds) {
    struct rlimit memory = {bytes, bytes}, cpu = {seconds, seconds}, none = {0, 0};
    return setrlimit(RLIMIT_AS, &memory) == 0 && setrlimit(RLIMIT_CPU, &cpu) == 0 &&
           setrlimit(RLIMIT_FSIZE, &none) == 0 && setrlimit(RLIMIT_CORE, &none) == 0;
}

// A TIFF in memory, as libtiff reads it.
struct reader {
    const uint8_t *bytes;
    size_t size, place;
};

static tmsize_t read_some(thandle_t handle, void *out, tmsize_t count) {
    struct reader *reader = handle;
    if (count < 0 || reader->place >= reader->size) return 0;
    size_t left = reader->size - reader->place;
    size_t some = (size_t)count < left ? (size_t)count : left;
    memcpy(out, reader->bytes + reader->place, some);
    reader->place += some;
    return (tmsize_t)some;
}

static tmsize_t write_none(thandle_t handle, void *in, tmsize_t count) {
    (void)handle, (void)in, (void)count;
    return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    struct reader *reader = handle;
    uint64_t from = whence == SEEK_CUR ? reader->place : whence == SEEK_END ? reader->size : 0;
    reader->place = (size_t)(from + offset);
    return reader->place;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size_of(thandle_t handle) { return ((struct reader *)handle)->size; }

// What libtiff and libpng have to say goes nowhere: it quotes what a stranger wrote.
static void say_nothing(const char *module, const char *format, va_list arguments) {
    (void)module, (void)format, (void)arguments;
}

// The bytes of a PNG as they are written.
struct writer {
    uint8_t *bytes;
    size_t size, room;
};

static void put(png_structp png, png_bytep bytes, png_size_t count) {
    struct writer *writer = png_get_io_ptr(png);
    if (writer->room - writer->size < count) {
        size_t room = (writer->size + count) * 2;
        uint8_t *more = realloc(writer->bytes, room);
        if (more == NULL) png_error(png, "memory");
        writer->bytes = more;
        writer->room = room;
    }
    memcpy(writer->bytes + writer->size, bytes, count);
    writer->size += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static void fail(png_structp png, png_const_charp message) {
    (void)message;
    longjmp(png_jmpbuf(png), 1);
}

static void warn_nobody(png_structp png, png_const_charp message) { (void)png, (void)message; }

// Most scans are black and white or grey: three of four bytes need not be sent.
static int is_grey(const uint32_t *raster, uint64_t pixels) {
    for (uint64_t i = 0; i < pixels; i++) {
        uint32_t r = TIFFGetR(raster[i]), g = TIFFGetG(raster[i]), b = TIFFGetB(raster[i]);
        if (r != g || g != b) return 0;
    }
    return 1;
}

static void write_rows(png_structp png, const uint32_t *raster, uint32_t width, uint32_t height, int grey,
                       uint8_t *row) {
    for (uint32_t y = 0; y < height; y++) {
        const uint32_t *from = raster + (uint64_t)y * width;
        for (uint32_t x = 0; x < width; x++) {
            if (grey) {
                row[x] = TIFFGetR(from[x]);
            } else {
                row[3 * x] = TIFFGetR(from[x]);
                row[3 * x + 1] = TIFFGetG(from[x]);
                row[3 * x + 2] = TIFFGetB(from[x]);
            }
        }
        png_write_row(png, row);
    }
}

static uint8_t *encode(const uint32_t *raster, uint32_t width, uint32_t height, uint8_t *row, size_t *size) {
    struct writer *writer = calloc(1, sizeof *writer);
    png_structp png = writer ? png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, warn_nobody) : NULL;
    png_infop info = png ? png_create_info_struct(png) : NULL;
    uint8_t *bytes = NULL;
    if (info != NULL && setjmp(png_jmpbuf(png)) == 0) {
        int grey = is_grey(raster, (uint64_t)width * height);
        png_set_write_fn(png, writer, put, flush_nothing);
        png_set_compression_level(png, 3);
        png_set_IHDR(png, info, width, height, 8, grey ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        png_write_info(png, info);
        write_rows(png, raster, width, height, grey, row);
        png_write_end(png, info);
        bytes = writer->bytes;
        *size = writer->size;
    } else if (writer != NULL) {
        free(writer->bytes);
    }
    if (png != NULL) png_destroy_write_struct(&png, &info);
    free(writer);
    return bytes;
}

uint8_t *cimage_png(const uint8_t *bytes, size_t size, uint64_t max_pixels, size_t *png_size) {
    TIFFSetErrorHandler(say_nothing);
    TIFFSetWarningHandler(say_nothing);
    struct reader reader = {bytes, size, 0};
    TIFF *tiff = TIFFClientOpen("", "rm", &reader, read_some, write_none, seek, close_nothing, size_of, NULL, NULL);
    if (tiff == NULL) return NULL;
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    uint64_t pixels = (uint64_t)width * height;
    uint8_t *png = NULL;
    if (width > 0 && height > 0 && pixels <= max_pixels) {
        uint32_t *raster = malloc(pixels * sizeof *raster);
        uint8_t *row = malloc((uint64_t)width * 3);
        if (raster != NULL && row != NULL &&
            TIFFReadRGBAImageOriented(tiff, width, height, raster, ORIENTATION_TOPLEFT, 1)) {
            png = encode(raster, width, height, row, png_size);
        }
        free(raster);
        free(row);
    }
    TIFFClose(tiff);
    return png;
}

void cimage_free(uint8_t *png) { free(png); }
