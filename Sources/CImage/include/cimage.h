#ifndef CIMAGE_H
#define CIMAGE_H

#include <stddef.h>
#include <stdint.h>

// The door to libtiff and libpng: makes a PNG of the first page of a TIFF. Nothing of the libraries shows here.

// Bounds this process for good before it reads what a stranger made: bytes of memory, seconds of CPU, no file that it
// could write, no other process. setrlimit(2). 1 where all of it holds, else 0.
int cimage_confine(uint64_t bytes, uint64_t seconds);

// The PNG of a TIFF of at most so many pixels; its size goes to *png_size. NULL where it cannot be read, is larger, or
// memory lacks. The caller frees it with cimage_free.
uint8_t *cimage_png(const uint8_t *tiff, size_t size, uint64_t max_pixels, size_t *png_size);

void cimage_free(uint8_t *png);

#endif
