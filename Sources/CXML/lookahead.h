#ifndef LOOKAHEAD_H
#define LOOKAHEAD_H
/* Looks at bytes before libxml2 does: their encoding, and how long tags, comments and instructions are. */
#include "cxml.h"

enum { MAX_DECLARATION = 256 /* bytes of the XML declaration that are looked at */ };

typedef enum { WIDTH_UNKNOWN, WIDTH_ONE, WIDTH_LOW_FIRST, WIDTH_HIGH_FIRST } char_width;
typedef enum { IN_TEXT, IN_OPEN, IN_TAG, IN_SINGLE, IN_DOUBLE, IN_COMMENT, IN_CDATA, IN_PI } scan_state;

/* All zero before the first byte. */
typedef struct {
    char_width width;
    uint8_t half;         /* the first byte of a pair in UTF-16, or of the document */
    int has_half;
    int utf8_expected;    /* bytes that the character still needs, and the bounds of the next */
    uint8_t utf8_lowest, utf8_highest;
    cxml_status found;    /* what the look ahead refuses, once libxml2 has read up to there */
    const char *message;
    scan_state scan;
    size_t run;           /* bytes since the `<` */
    char tail[3];         /* the last bytes, newest first */
    char declaration[MAX_DECLARATION];
    int declaration_count; /* -1 once it was looked at */
} lookahead;

/* Takes the next bytes; gives how many of them libxml2 may read. Fewer than all where `found` says why. */
size_t lookahead_take(lookahead *, const char *bytes, size_t count);

extern const char lookahead_bad_characters[];
#endif
