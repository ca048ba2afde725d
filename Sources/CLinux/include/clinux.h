#ifndef CLINUX_H
#define CLINUX_H
/* The door to calls of Linux that Swift's Glibc module does not show, and to the one thing of the processor. */

/* Waits until everything written to the file system of an open file is on stable storage; -1 and errno. syncfs(2) */
int clinux_syncfs(int descriptor);

/* Has the processor fetch a place of memory that is read soon; harmless for any address. */
static inline void clinux_fetch(const void *place) { __builtin_prefetch(place); }
#endif
