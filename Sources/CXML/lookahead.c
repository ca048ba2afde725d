#include "lookahead.h"

#include <string.h>
#include <strings.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

const char lookahead_bad_characters[] = "bytes that are no characters of the document's encoding";
static const char other_encoding[] = "an encoding other than UTF-8 and UTF-16";

enum {
    MAX_TAG = 64 << 10, /* bytes of one tag, comment or processing instruction */
    BLOCK = 64
};

static int is_encoding_taken(const char *declaration) {
    const char *found = strstr(declaration, "encoding");
    if (found == NULL) return 1;
    found += strlen("encoding");
    while (*found == ' ' || *found == '\t' || *found == '=' || *found == '"' || *found == '\'') found++;
    static const char *const taken[] = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII", "UTF8"};
    size_t length = strcspn(found, "\"' ?");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strlen(taken[i]) == length && strncasecmp(found, taken[i], length) == 0) return 1;
    return 0;
}

/* What the look ahead found; told after libxml2 has read the bytes before it, so that no cut changes the events. */
static void find(lookahead *ahead, cxml_status status, const char *message) {
    if (ahead->found != CXML_OK) return;
    ahead->found = status;
    ahead->message = message;
}

/* The XML declaration stands first or nowhere. */
static void end_declaration(lookahead *ahead, int is_whole) {
    ahead->declaration[ahead->declaration_count] = '\0';
    ahead->declaration_count = -1;
    const char *start = ahead->declaration + strcspn(ahead->declaration, "<");
    if (strncmp(start, "<?xml", 5) != 0 || strchr(" \t\r\n", start[5]) == NULL) return;
    if (!is_whole) find(ahead, CXML_ENCODING, "an XML declaration longer than 255 bytes");
    else if (!is_encoding_taken(start)) find(ahead, CXML_ENCODING, other_encoding);
}

static void keep_declaration(lookahead *ahead, char byte) {
    if (ahead->declaration_count < 0) return;
    ahead->declaration[ahead->declaration_count++] = byte;
    if (ahead->declaration_count == MAX_DECLARATION - 1) end_declaration(ahead, ahead->scan != IN_PI);
}

/* Follows tags, comments and instructions byte by byte, before libxml2 sees them: work that is spent inside
 * one of libxml2's callbacks cannot be stopped any more. */
static void scan_byte(lookahead *ahead, char byte) {
    keep_declaration(ahead, byte);
    char before = ahead->tail[0], earlier = ahead->tail[1];
    switch (ahead->scan) {
    case IN_TEXT:
        if (byte == '<') ahead->scan = IN_OPEN, ahead->run = 0;
        break;
    case IN_OPEN:
        if (byte == '?') ahead->scan = IN_PI;
        else if (byte == '-' && before == '-' && earlier == '!') ahead->scan = IN_COMMENT, ahead->run = 0;
        else if (byte == '[' && before == '!') ahead->scan = IN_CDATA, ahead->run = 0;
        else if (byte != '!' && !(byte == '-' && before == '!')) ahead->scan = byte == '>' ? IN_TEXT : IN_TAG;
        break;
    case IN_TAG:
        if (byte == '>') ahead->scan = IN_TEXT;
        else if (byte == '\'') ahead->scan = IN_SINGLE;
        else if (byte == '"') ahead->scan = IN_DOUBLE;
        break;
    case IN_SINGLE:
        if (byte == '\'') ahead->scan = IN_TAG;
        break;
    case IN_DOUBLE:
        if (byte == '"') ahead->scan = IN_TAG;
        break;
    case IN_COMMENT:
        if (byte == '>' && before == '-' && earlier == '-' && ahead->run > 2) ahead->scan = IN_TEXT;
        break;
    case IN_CDATA:
        if (byte == '>' && before == ']' && earlier == ']') ahead->scan = IN_TEXT;
        break;
    case IN_PI:
        if (byte != '>' || before != '?') break;
        ahead->scan = IN_TEXT;
        if (ahead->declaration_count >= 0) end_declaration(ahead, 1);
        break;
    }
    ahead->tail[1] = before;
    ahead->tail[0] = byte;
    if (ahead->scan != IN_TEXT && ++ahead->run > MAX_TAG)
        find(ahead, CXML_LIMIT, "a tag, comment or instruction longer than 64 KB");
}

/* Takes a byte of UTF-8 (Unicode, table 3-7); false where it is none. libxml2 tells bad bytes by many names. */
static int is_utf8(lookahead *ahead, uint8_t byte) {
    if (ahead->utf8_expected > 0) {
        if (byte < ahead->utf8_lowest || byte > ahead->utf8_highest) return 0;
        ahead->utf8_expected--;
        ahead->utf8_lowest = 0x80, ahead->utf8_highest = 0xBF;
        return 1;
    }
    if (byte < 0x80) return 1;
    ahead->utf8_expected = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    ahead->utf8_lowest = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    ahead->utf8_highest = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    return byte >= 0xC2 && byte <= 0xF4;
}

/* Gives the place of the first byte that is no UTF-8, or the end. */
static size_t end_of_utf8(lookahead *ahead, const char *bytes, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        while (ahead->utf8_expected == 0 && end - i >= BLOCK) {
            uint64_t eight[BLOCK / 8], all = 0;
            memcpy(eight, bytes + i, BLOCK);
            for (int k = 0; k < BLOCK / 8; k++) all |= eight[k];
            if (all & 0x8080808080808080u) break;
            i += BLOCK;
        }
        if (i < end && !is_utf8(ahead, (uint8_t)bytes[i])) return i;
    }
    return end;
}

/* The first two bytes tell how wide characters are (XML 1.0, appendix F). */
static void scan_first(lookahead *ahead, uint8_t first, uint8_t second) {
    int pair = first << 8 | second;
    ahead->width = pair == 0xFFFE || pair == 0x3C00 ? WIDTH_LOW_FIRST
        : pair == 0xFEFF || pair == 0x003C           ? WIDTH_HIGH_FIRST
                                                     : WIDTH_ONE;
    if (pair == 0x0000 || pair == 0x4C6F) find(ahead, CXML_ENCODING, other_encoding); /* UTF-32, EBCDIC */
    if (ahead->width == WIDTH_ONE) {
        if (!is_utf8(ahead, first) || !is_utf8(ahead, second)) find(ahead, CXML_ENCODING, lookahead_bad_characters);
        scan_byte(ahead, (char)first), scan_byte(ahead, (char)second);
    } else if (first == '<' || second == '<') {
        scan_byte(ahead, '<');
    }
}

/* A byte of a document that is not known to have one byte a character. */
static void scan_wide(lookahead *ahead, uint8_t byte) {
    ahead->has_half = !ahead->has_half;
    if (ahead->has_half) {
        ahead->half = byte;
        return;
    }
    if (ahead->width == WIDTH_UNKNOWN) return scan_first(ahead, ahead->half, byte);
    int pair = ahead->width == WIDTH_LOW_FIRST ? byte << 8 | ahead->half : ahead->half << 8 | byte;
    if (pair == 0) find(ahead, CXML_ENCODING, other_encoding);
    scan_byte(ahead, pair < 0x80 ? (char)pair : (char)0x80);
}

/* Where the bytes of a block of 64 stand that matter to tags: one bit a byte, the first the lowest. */
typedef struct { uint64_t open, close, quote, mark; } tag_marks;

#ifdef __SSE2__
/* Where either of two bytes stands. */
static inline uint64_t places(const __m128i *block, char one, char other) {
    __m128i first = _mm_set1_epi8(one), second = _mm_set1_epi8(other);
    uint64_t found = 0;
    for (int i = 0; i < 4; i++) {
        __m128i same = _mm_cmpeq_epi8(block[i], first);
        if (one != other) same = _mm_or_si128(same, _mm_cmpeq_epi8(block[i], second));
        found |= (uint64_t)(uint16_t)_mm_movemask_epi8(same) << (16 * i);
    }
    return found;
}

static tag_marks marks_of(const char *bytes) {
    __m128i block[4];
    for (int i = 0; i < 4; i++) block[i] = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    return (tag_marks){places(block, '<', '<'), places(block, '>', '>'), places(block, '\'', '"'),
                       places(block, '!', '?')};
}
#else
static tag_marks marks_of(const char *bytes) {
    tag_marks marks = {0};
    for (int i = 0; i < BLOCK; i++) {
        uint64_t bit = (uint64_t)1 << i;
        if (bytes[i] == '<') marks.open |= bit;
        if (bytes[i] == '>') marks.close |= bit;
        if (bytes[i] == '\'' || bytes[i] == '"') marks.quote |= bit;
        if (bytes[i] == '!' || bytes[i] == '?') marks.mark |= bit;
    }
    return marks;
}
#endif

/* Follows tags through a block as scan_byte does, from one byte that matters to the next. False, and nothing done,
 * where the block needs a closer look: something that is no tag begins in it, or a tag may become too long. */
static int scan_block(lookahead *ahead, const char *bytes) {
    if (ahead->scan != IN_TEXT && ahead->scan != IN_TAG && ahead->scan != IN_SINGLE && ahead->scan != IN_DOUBLE)
        return 0;
    tag_marks marks = marks_of(bytes);
    if (marks.open << 1 & marks.mark || ahead->run + BLOCK > MAX_TAG) return 0;
    scan_state scan = ahead->scan;
    int opened = -1; /* where the tag began that is open: before this block, or at its place in it */
    uint64_t left = ~(uint64_t)0;
    if (!marks.quote && (scan == IN_TEXT || (scan == IN_TAG && marks.close))) {
        /* Most blocks: without quotes only what stands behind the last tag's end matters. */
        if (marks.close) left <<= BLOCK - 1 - __builtin_clzll(marks.close);
        scan = IN_TEXT;
    }
    for (;;) {
        uint64_t next = scan == IN_TEXT ? marks.open : scan == IN_TAG ? marks.close | marks.quote : marks.quote;
        next &= left;
        if (next == 0) break;
        int place = __builtin_ctzll(next);
        uint64_t bit = next & -next;
        left = ~(bit | (bit - 1));
        if (scan == IN_TEXT) {
            opened = place, scan = IN_TAG;
            /* The first byte of a tag is no quote, whatever it is. */
            if (place < BLOCK - 1 && bytes[place + 1] != '>') left &= ~(bit << 1);
        } else if (scan == IN_TAG) {
            scan = marks.close & bit ? IN_TEXT : bytes[place] == '"' ? IN_DOUBLE : IN_SINGLE;
        } else if (bytes[place] == (scan == IN_DOUBLE ? '"' : '\'')) {
            scan = IN_TAG;
        }
    }
    if (scan != IN_TEXT) ahead->run = opened < 0 ? ahead->run + BLOCK : (size_t)(BLOCK - opened);
    ahead->scan = scan == IN_TAG && opened == BLOCK - 1 ? IN_OPEN : scan;
    ahead->tail[0] = bytes[BLOCK - 1];
    ahead->tail[1] = bytes[BLOCK - 2];
    return 1;
}

size_t lookahead_take(lookahead *ahead, const char *bytes, size_t count) {
    size_t i = 0;
    for (; i < count && ahead->width != WIDTH_ONE; i++) {
        scan_wide(ahead, (uint8_t)bytes[i]);
        if (ahead->found != CXML_OK) return i;
    }
    size_t end = end_of_utf8(ahead, bytes, i, count);
    while (i < end) {
        if (ahead->declaration_count < 0 && end - i >= BLOCK && scan_block(ahead, bytes + i)) {
            i += BLOCK;
            continue;
        }
        /* Byte by byte: the one behind a `<`, or as far as a block goes. */
        size_t length = ahead->scan == IN_OPEN ? 1 : BLOCK;
        for (size_t stop = end - i < length ? end : i + length; i < stop; i++) {
            scan_byte(ahead, bytes[i]);
            if (ahead->found != CXML_OK) return i;
        }
    }
    if (end < count) find(ahead, CXML_ENCODING, lookahead_bad_characters);
    return end;
}
