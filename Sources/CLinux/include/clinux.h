#ifndef CLINUX_H
#define CLINUX_H
/* The door to calls of Linux that Swift's Glibc module does not show. */

/* Waits until everything written to the file system of an open file is on stable storage; -1 and errno. syncfs(2) */
int clinux_syncfs(int descriptor);
#endif
