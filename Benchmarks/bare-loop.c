/* Finds lines and fields and sums one amount: the least that reading such a file costs.
 *
 *     bare-loop csv FILE TYPE FIELD               rows that begin with TYPE; the amount is that field, from 1
 *     bare-loop fixed FILE TYPE AMOUNT COLUMNS…   lines that begin with TYPE; fields are columns such as 8-17
 *
 * Fields with quotes are understood. An amount has cents, with a point or without. Nothing is kept and nothing checked
 * but that an amount has digits. Prints how many items and cents there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 18, MOST_FIELDS = 256 };
static long long items, cents;
static size_t sink;

typedef struct { const char *start, *end; } field;

static void add(field amount) {
    long long sum = 0;
    int digits = 0;
    for (const char *at = amount.start; at < amount.end; at++) {
        if (*at == '.') continue;
        if (*at < '0' || *at > '9') exit(65);
        sum = sum * 10 + (*at - '0');
        digits++;
    }
    if (!digits) exit(65);
    items += 1;
    cents += sum;
}

/* A row's end is looked for with its fields, for a quote may hide it. Returns NULL where the piece ends before it. */
static const char *row(const char *at, const char *end, const char *type, int number) {
    static field fields[MOST_FIELDS];
    int count = 0;
    const char *start = at;
    for (; at < end; at++) {
        if (*at == '"' && at == start) {
            for (at++; at < end && (*at != '"' || (at + 1 < end && at[1] == '"' && at++)); at++) {}
        } else if (*at == ',' || *at == '\n') {
            if (count == MOST_FIELDS) exit(65);
            fields[count++] = (field){start, at};
            start = at + 1;
            if (*at == '\n') break;
        }
    }
    if (at >= end) return NULL;
    size_t length = strlen(type);
    if ((size_t)(fields[0].end - fields[0].start) == length && memcmp(fields[0].start, type, length) == 0)
        if (number <= count) add(fields[number - 1]);
    return at + 1;
}

static int columns[MOST_FIELDS][2], column_count;

static const char *line(const char *at, const char *end, const char *type) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) return NULL;
    if (*at != *type) return stop + 1;
    for (int index = 0; index < column_count; index++) {
        field found = {at + columns[index][0] - 1, at + columns[index][1]};
        if (found.end > stop) found.end = stop;
        if (found.start > found.end) found.start = found.end;
        while (found.start < found.end && *found.start == ' ') found.start++;
        while (found.start < found.end && found.end[-1] == ' ') found.end--;
        if (index == 0) add(found);
        else sink += (size_t)(found.end - found.start);
    }
    return stop + 1;
}

int main(int count, char **arguments) {
    static char piece[PIECE];
    FILE *file = count >= 5 ? fopen(arguments[2], "rb") : NULL;
    int is_csv = count >= 5 && strcmp(arguments[1], "csv") == 0;
    if (!file || count - 4 > MOST_FIELDS) {
        fprintf(stderr, "bare-loop: csv FILE TYPE FIELD, or fixed FILE TYPE AMOUNT COLUMNS...\n");
        return 64;
    }
    for (int index = 4; !is_csv && index < count; index++)
        if (sscanf(arguments[index], "%d-%d", &columns[index - 4][0], &columns[index - 4][1]) == 2) column_count++;
    int number = atoi(arguments[4]);
    size_t left = 0, length;
    while ((length = fread(piece + left, 1, PIECE - left, file)) > 0) {
        const char *at = piece, *end = piece + left + length, *next;
        for (; at < end; at = next)
            if (!(next = is_csv ? row(at, end, arguments[3], number) : line(at, end, arguments[3]))) break;
        left = (size_t)(end - at);
        memmove(piece, at, left);
    }
    printf("{\"items\": %lld, \"cents\": %lld, \"other\": %zu}\n", items, cents, sink);
    fclose(file);
    return left > 0;
}
