#include "cxml.h"
#include "lookahead.h"
#include "schema.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Limits: no genuine bank message comes near them (a RmtInf has at most some KB, the deepest path is 20). */
enum {
    MAX_DEPTH = 64,
    MAX_ATTRIBUTES = 32,
    MAX_NAMESPACES = 16,
    MAX_NAMES = 512,
    MAX_TEXT = 64 << 10,    /* bytes of text in one element */
    PIECE = 16 << 10,
    MAX_STATES = 256,
    NAME_SLOTS = 1024       /* a power of two, twice MAX_NAMES */
};

struct cxml_table {
    char **names;
    int name_count;
    uint8_t *next; /* small, so that it stays near: every element looks into it */
    uint8_t *marks;
};

struct cxml_parser {
    xmlParserCtxtPtr context;
    xmlSAXHandler handler;
    const cxml_table *table;
    /* Names of every kind by libxml2's own pointer, which is the same for the same name. */
    const xmlChar *slot_names[NAME_SLOTS];
    int32_t slot_ids[NAME_SLOTS];
    int names_seen;

    cxml_event *events;
    size_t event_count, event_capacity;
    uint8_t *text; /* up to `kept` of events, then of the element that is open */
    size_t text_count, text_capacity, kept;

    int depth;
    uint8_t states[MAX_DEPTH + 1]; /* of the elements that are open */
    int is_leaf;                   /* no element has ended in the one that is open */
    int takes_text;
    uint32_t attribute;            /* bytes of the open element's Ccy */
    int is_ending;
    size_t element_text;
    int last_line;
    cxml_status status;
    int line;
    char message[256];

    /* What libxml2 was not given yet. How far it reads ahead depends on the pieces that it gets: they are always of
     * one size, so that no cut of the file changes what it says. */
    char waiting[PIECE];
    size_t waiting_count;
    lookahead ahead;
    schema_run *run;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static xmlParserInputPtr no_entity(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url, (void)id, (void)context;
    return NULL;
}

static void quiet(void *context, const char *format, ...) { (void)context, (void)format; }

static void start_library(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(no_entity);
    xmlSetGenericErrorFunc(NULL, quiet);
    xmlThrDefSetGenericErrorFunc(NULL, quiet);
}

void cxml_start(void) { pthread_once(&once, start_library); }

static void refuse(cxml_parser *parser, cxml_status status, const char *message) {
    if (parser->status != CXML_OK) return;
    parser->status = status;
    parser->line = parser->context && parser->context->input ? parser->context->input->line : 0;
    snprintf(parser->message, sizeof parser->message, "%s", message);
    if (parser->context) xmlStopParser(parser->context);
}

static void *grown(void *memory, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity) return memory;
    size_t wanted = *capacity ? *capacity : 1024;
    while (wanted < needed) wanted *= 2;
    void *larger = realloc(memory, wanted * size);
    if (larger == NULL) abort(); /* bounded by the size of one chunk: memory is really out */
    *capacity = wanted;
    return larger;
}

static int line_of(const cxml_parser *parser) { return parser->context->input ? parser->context->input->line : 0; }

static cxml_event *add_event(cxml_parser *parser, cxml_kind kind, int state) {
    if (parser->event_count == parser->event_capacity)
        parser->events =
            grown(parser->events, &parser->event_capacity, parser->event_count + 1, sizeof *parser->events);
    cxml_event *event = &parser->events[parser->event_count++];
    *event = (cxml_event){.kind = kind, .state = state, .line = line_of(parser), .offset = (uint32_t)parser->kept};
    return event;
}

static void add_text(cxml_parser *parser, const void *bytes, size_t count) {
    if (parser->text_count + count > parser->text_capacity)
        parser->text = grown(parser->text, &parser->text_capacity, parser->text_count + count, 1);
    memcpy(parser->text + parser->text_count, bytes, count);
    parser->text_count += count;
}

static int32_t identify(cxml_parser *parser, const xmlChar *name) {
    size_t slot = ((uintptr_t)name >> 3) * 0x9E3779B1u & (NAME_SLOTS - 1);
    while (parser->slot_names[slot] != NULL) {
        if (parser->slot_names[slot] == name) return parser->slot_ids[slot];
        slot = (slot + 1) & (NAME_SLOTS - 1);
    }
    if (++parser->names_seen > MAX_NAMES) {
        refuse(parser, CXML_LIMIT, "more than 512 different names");
        return -1;
    }
    parser->slot_names[slot] = name;
    parser->slot_ids[slot] = -1;
    for (int i = 0; i < parser->table->name_count; i++)
        if (strcmp((const char *)name, parser->table->names[i]) == 0) parser->slot_ids[slot] = i;
    return parser->slot_ids[slot];
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {
    (void)prefix, (void)uri, (void)defaulted;
    cxml_parser *parser = user;
    if (parser->status != CXML_OK) return;
    if (++parser->depth > MAX_DEPTH) return refuse(parser, CXML_LIMIT, "elements nested deeper than 64");
    if (attributes > MAX_ATTRIBUTES) return refuse(parser, CXML_LIMIT, "more than 32 attributes on one element");
    if (namespaces > MAX_NAMESPACES) return refuse(parser, CXML_LIMIT, "more than 16 namespaces on one element");
    parser->element_text = 0;
    size_t row = (size_t)parser->states[parser->depth - 1] * (size_t)(parser->table->name_count + 1);
    uint8_t state = parser->table->next[row + (size_t)(identify(parser, local) + 1)];
    parser->states[parser->depth] = state;
    parser->is_leaf = 1;
    parser->takes_text = parser->table->marks[state] & CXML_TEXT;
    parser->attribute = 0;
    parser->text_count = parser->kept;
    if (parser->table->marks[state] & CXML_SECTION) add_event(parser, CXML_BEGIN, state);
    /* libxml2 keeps every name for ever, so all of them count: prefixes and namespaces come in pairs. */
    for (int i = 0; i < 2 * namespaces; i++)
        if (declared[i] != NULL) identify(parser, declared[i]);
    for (int i = 0; i < attributes; i++, values += 5) {
        identify(parser, values[0]);
        if (!parser->takes_text || strcmp((const char *)values[0], "Ccy") != 0) continue;
        /* Five pointers each: local name, prefix, URI, begin and end of the value. */
        parser->text_count = parser->kept;
        parser->attribute = (uint32_t)(values[4] - values[3]);
        add_text(parser, values[3], parser->attribute);
    }
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    (void)local, (void)prefix, (void)uri;
    cxml_parser *parser = user;
    if (parser->status != CXML_OK) return;
    int state = parser->states[parser->depth--];
    int marks = parser->table->marks[state];
    parser->element_text = 0;
    if (parser->depth == 0) parser->last_line = line_of(parser);
    if (marks & CXML_SECTION) {
        add_event(parser, CXML_END, state);
    } else if (parser->is_leaf && marks & CXML_TEXT) {
        cxml_event *event = add_event(parser, CXML_ELEMENT, state);
        event->attribute = parser->attribute;
        event->count = (uint32_t)(parser->text_count - parser->kept) - parser->attribute;
        parser->kept = parser->text_count;
    } else if (!parser->is_leaf && marks & CXML_BRANCH) {
        add_event(parser, CXML_BRANCH_END, state);
    }
    parser->text_count = parser->kept;
    parser->is_leaf = 0;
    parser->takes_text = 0;
}

static void on_text(void *user, const xmlChar *bytes, int count) {
    cxml_parser *parser = user;
    if (parser->status != CXML_OK) return;
    parser->element_text += (size_t)count;
    if (parser->element_text > MAX_TEXT) return refuse(parser, CXML_LIMIT, "more than 64 KB of text in one element");
    if (parser->takes_text) add_text(parser, bytes, (size_t)count);
}

static void on_instruction(void *user, const xmlChar *target, const xmlChar *data) {
    (void)data;
    identify(user, target);
}

static void on_subset(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    (void)name, (void)external, (void)system;
    refuse(user, CXML_DOCTYPE, "a document type declaration");
}

static void on_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content) {
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    refuse(user, CXML_DOCTYPE, "an entity declaration");
}

static void on_unparsed(void *user, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id,
                        const xmlChar *notation) {
    (void)name, (void)public_id, (void)system_id, (void)notation;
    refuse(user, CXML_DOCTYPE, "an unparsed entity declaration");
}

static void on_reference(void *user, const xmlChar *name) {
    (void)name;
    refuse(user, CXML_DOCTYPE, "an entity reference");
}

static xmlEntityPtr predefined_entity(void *user, const xmlChar *name) {
    (void)user;
    return xmlGetPredefinedEntity(name);
}

static xmlEntityPtr no_parameter_entity(void *user, const xmlChar *name) {
    (void)user, (void)name;
    return NULL;
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *reported_error;
#else
typedef xmlError *reported_error;
#endif

static int is_encoding_error(int code) {
    return code == XML_ERR_INVALID_ENCODING || code == XML_ERR_UNKNOWN_ENCODING ||
           code == XML_ERR_UNSUPPORTED_ENCODING || (code >= XML_I18N_NO_NAME && code <= XML_I18N_NO_OUTPUT);
}

static void on_error(void *user, reported_error error) {
    cxml_parser *parser = user;
    if (error->level < XML_ERR_ERROR || parser->status != CXML_OK) return;
    /* What libxml2 says of bad bytes depends on how many it has seen behind them. */
    if (is_encoding_error(error->code))
        return refuse(parser, CXML_ENCODING, lookahead_bad_characters);
    parser->status = CXML_MALFORMED;
    parser->line = error->line;
    if (parser->is_ending && parser->depth > 0) {
        snprintf(parser->message, sizeof parser->message, "the document ends before its last element does");
        return;
    }
    snprintf(parser->message, sizeof parser->message, "%s", error->message ? error->message : "not well-formed");
    parser->message[strcspn(parser->message, "\r\n")] = '\0';
}

static void *copy(const void *bytes, size_t count) {
    void *memory = malloc(count);
    if (memory == NULL) abort();
    return memcpy(memory, bytes, count);
}

cxml_table *cxml_table_new(
    const char *const *names, int name_count, const uint8_t *next, const uint8_t *marks, int state_count) {
    if (state_count > MAX_STATES) abort();
    cxml_table *table = calloc(1, sizeof *table);
    char **known = calloc((size_t)name_count, sizeof *known);
    if (table == NULL || known == NULL) abort();
    for (int i = 0; i < name_count; i++) known[i] = copy(names[i], strlen(names[i]) + 1);
    *table = (cxml_table){
        .names = known,
        .name_count = name_count,
        .next = copy(next, (size_t)state_count * ((size_t)name_count + 1)),
        .marks = copy(marks, (size_t)state_count),
    };
    return table;
}

void cxml_table_free(cxml_table *table) {
    for (int i = 0; i < table->name_count; i++) free(table->names[i]);
    free(table->names);
    free(table->next);
    free(table->marks);
    free(table);
}

cxml_parser *cxml_new(const cxml_table *table) {
    cxml_start();
    cxml_parser *parser = calloc(1, sizeof *parser);
    if (parser == NULL) return NULL;
    parser->table = table;
    parser->handler = (xmlSAXHandler){
        .internalSubset = on_subset,
        .externalSubset = on_subset,
        .entityDecl = on_entity,
        .unparsedEntityDecl = on_unparsed,
        .reference = on_reference,
        .getEntity = predefined_entity,
        .getParameterEntity = no_parameter_entity,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text, /* the same function, so that libxml2 does not look which of them it is */
        .cdataBlock = on_text,
        .processingInstruction = on_instruction,
        .serror = (xmlStructuredErrorFunc)on_error,
        .initialized = XML_SAX2_MAGIC,
    };
    parser->context = xmlCreatePushParserCtxt(&parser->handler, parser, NULL, 0, NULL);
    if (parser->context == NULL) abort(); /* only out of memory gets here */
    int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
#if LIBXML_VERSION >= 21300
    options |= XML_PARSE_NO_XXE;
#endif
    xmlCtxtUseOptions(parser->context, options);
    return parser;
}

static cxml_status parse(cxml_parser *parser, const char *bytes, size_t count, int terminate) {
    int result = xmlParseChunk(parser->context, bytes, (int)count, terminate);
    if (parser->status == CXML_OK && (result != 0 || !parser->context->wellFormed))
        refuse(parser, CXML_MALFORMED, "not well-formed");
    return parser->status;
}

static void give_waiting(cxml_parser *parser) {
    size_t count = parser->waiting_count;
    parser->waiting_count = 0;
    if (count > 0 && parser->status == CXML_OK) parse(parser, parser->waiting, count, 0);
}

cxml_status cxml_feed(cxml_parser *parser, const void *bytes, size_t count) {
    if (parser->status != CXML_OK) return parser->status;
    size_t sound = lookahead_take(&parser->ahead, bytes, count);
    for (size_t done = 0; done < sound && parser->status == CXML_OK;) {
        if (parser->waiting_count == 0 && sound - done >= PIECE) {
            parse(parser, (const char *)bytes + done, PIECE, 0);
            done += PIECE;
            continue;
        }
        size_t room = PIECE - parser->waiting_count;
        size_t taken = sound - done < room ? sound - done : room;
        memcpy(parser->waiting + parser->waiting_count, (const char *)bytes + done, taken);
        parser->waiting_count += taken;
        done += taken;
        if (parser->waiting_count == PIECE) give_waiting(parser);
    }
    if (parser->ahead.found == CXML_OK) return parser->status;
    give_waiting(parser);
    refuse(parser, parser->ahead.found, parser->ahead.message);
    return parser->status;
}

cxml_status cxml_finish(cxml_parser *parser) {
    give_waiting(parser);
    if (parser->status != CXML_OK) return parser->status;
    parser->is_ending = 1;
    return parse(parser, NULL, 0, 1);
}

const cxml_event *cxml_events(const cxml_parser *parser, size_t *count) {
    *count = parser->event_count;
    return parser->events;
}

const uint8_t *cxml_text(const cxml_parser *parser, size_t *count) {
    *count = parser->text_count;
    return parser->text;
}

void cxml_clear(cxml_parser *parser) {
    parser->event_count = 0;
    parser->text_count -= parser->kept;
    if (parser->text_count > 0) memmove(parser->text, parser->text + parser->kept, parser->text_count);
    parser->kept = 0;
}

int cxml_last_line(const cxml_parser *parser) { return parser->last_line; }

const char *cxml_message(const cxml_parser *parser) { return parser->message; }
int cxml_line(const cxml_parser *parser) { return parser->line; }

int cxml_validate(cxml_parser *parser, const cxml_schema *schema) {
    parser->run = schema_begin(schema, parser->context);
    return parser->run != NULL;
}

size_t cxml_problems(const cxml_parser *parser) { return schema_problems(parser->run); }

const char *cxml_problem(const cxml_parser *parser, size_t place, int *line) {
    return schema_problem(parser->run, place, line);
}

void cxml_free(cxml_parser *parser) {
    if (parser == NULL) return;
    schema_end(parser->run);
    if (parser->context->myDoc) xmlFreeDoc(parser->context->myDoc);
    xmlFreeParserCtxt(parser->context);
    free(parser->events);
    free(parser->text);
    free(parser);
}
