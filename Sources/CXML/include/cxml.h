#ifndef CXML_H
#define CXML_H
/* The door to libxml2's push parser. No libxml2 header is visible here, so none is visible to Swift.
 *
 * Bytes go in, a flat list of events comes out; nothing calls back. The parser refuses what no bank message
 * needs before libxml2 can spend time or memory on it: any DOCTYPE, any entity but the five predefined,
 * deep nesting, long tags, comments and texts, many names or attributes. */
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

typedef enum { CXML_START = 0, CXML_ATTRIBUTE, CXML_TEXT, CXML_END } cxml_kind;

/* One event. `name` is the place of the element's local name among those given to cxml_new, or -1.
 * An attribute follows its element's start: `name` is -1, its text is "local=value".
 * `offset` and `count` point into cxml_text. */
typedef struct {
    int32_t kind;
    int32_t name;
    int32_t line;
    uint32_t offset;
    uint32_t count;
} cxml_event;

/* A parser that knows these local names, or NULL where memory is out. xmlCreatePushParserCtxt */
cxml_parser *cxml_new(const char *const *names, int count);
/* Takes the next bytes; the events that they complete are added to the list. xmlParseChunk */
cxml_status cxml_feed(cxml_parser *, const void *bytes, size_t count);
/* Ends the document: CXML_OK only where it was well-formed to its last byte. xmlParseChunk */
cxml_status cxml_finish(cxml_parser *);
/* The events so far, and the bytes their texts stand in; both die with the next call. */
const cxml_event *cxml_events(const cxml_parser *, size_t *count);
const uint8_t *cxml_text(const cxml_parser *, size_t *count);
/* Empties the list of events. */
void cxml_clear(cxml_parser *);
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
