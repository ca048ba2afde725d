#ifndef CXML_H
#define CXML_H
/* The door to libxml2's push parser. No libxml2 header is visible here, so none is visible to Swift.
 *
 * Bytes go in, a flat list of events comes out, of those elements only that somebody wants; nothing calls back. The
 * parser refuses what no bank message needs before libxml2 can spend time or memory on it: any DOCTYPE, any entity but
 * the five predefined, deep nesting, long tags, comments and texts, many names or attributes. */
#include <stddef.h>
#include <stdint.h>

typedef struct cxml_parser cxml_parser;

typedef enum {
    CXML_OK = 0,
    CXML_MALFORMED, /* not well-formed, by libxml2's word */
    CXML_DOCTYPE,   /* a document type declaration or an entity */
    CXML_LIMIT,     /* beyond a limit; the message says which */
    CXML_ENCODING   /* declared in an encoding that is not taken */
} cxml_status;

/* What is wanted of a document: a table of states. An element's state follows from the state that the element around it
 * has and from its local name; the document's is 0. Of an element whose state has no marks nothing is kept. */
typedef enum {
    CXML_SECTION = 1, /* its begin and its end are told */
    CXML_TEXT = 2,    /* it is told with its text, where it holds no other element */
    CXML_BRANCH = 4   /* its end is told, where it holds others */
} cxml_mark;

/* The table itself: for each state where an unknown name leads, then where each of the names does; and the state's
 * marks. At most 256 states. It never changes: parsers share it. */
typedef struct cxml_table cxml_table;

/* A table of copies of what it is given. */
cxml_table *cxml_table_new(
    const char *const *names, int name_count, const uint8_t *next, const uint8_t *marks, int state_count);
void cxml_table_free(cxml_table *);

typedef enum { CXML_BEGIN = 0, CXML_ELEMENT, CXML_BRANCH_END, CXML_END } cxml_kind;

/* One event: of an element of that state, in the line where it begins (CXML_BEGIN) or ends. An element with text has
 * the value of its attribute Ccy (`attribute` bytes) and then its text (`count` bytes) in cxml_text, from `offset`. */
typedef struct {
    int32_t kind;
    int32_t state;
    int32_t line;
    uint32_t offset;
    uint32_t attribute;
    uint32_t count;
} cxml_event;

/* A parser that tells what the table wants, which must live as long; NULL where memory is out.
 * xmlCreatePushParserCtxt */
cxml_parser *cxml_new(const cxml_table *);
/* Takes the next bytes; the events that they complete are added to the list. xmlParseChunk */
cxml_status cxml_feed(cxml_parser *, const void *bytes, size_t count);
/* Ends the document: CXML_OK only where it was well-formed to its last byte. xmlParseChunk */
cxml_status cxml_finish(cxml_parser *);
/* The events so far, and the bytes their texts stand in; both die with the next call. */
const cxml_event *cxml_events(const cxml_parser *, size_t *count);
const uint8_t *cxml_text(const cxml_parser *, size_t *count);
/* Empties the list of events. */
void cxml_clear(cxml_parser *);
/* The line of the root element's end. */
int cxml_last_line(const cxml_parser *);
/* What was wrong, in one line, and where. xmlError */
const char *cxml_message(const cxml_parser *);
int cxml_line(const cxml_parser *);
/* An XML schema from its bytes, or NULL where it is none or includes others. xmlSchemaParse */
typedef struct cxml_schema cxml_schema;
cxml_schema *cxml_schema_new(const void *bytes, size_t count);
/* xmlSchemaFree */
void cxml_schema_free(cxml_schema *);
/* Validates what will be fed, before the first byte; the schema must live as long. False where it cannot.
 * xmlSchemaSAXPlug */
int cxml_validate(cxml_parser *, const cxml_schema *);
/* What the schema does not allow, at most a hundred, and where. */
size_t cxml_problems(const cxml_parser *);
const char *cxml_problem(const cxml_parser *, size_t place, int *line);
/* xmlFreeParserCtxt */
void cxml_free(cxml_parser *);
#endif
