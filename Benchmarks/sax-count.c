/* Counts the events of an XML file: the least that reading it through libxml2 costs.
 *
 *     sax-count FILE
 *
 * SAX2, pushed in pieces of 64 KB; no tree, no text kept. Prints the number of start and end tags and of texts.
 */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long long starts, ends, texts;

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **names, int attributes, int defaulted, const xmlChar **values) {
    (void)user, (void)local, (void)prefix, (void)uri, (void)namespaces;
    (void)names, (void)attributes, (void)defaulted, (void)values;
    starts += 1;
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    (void)user, (void)local, (void)prefix, (void)uri;
    ends += 1;
}

static void on_text(void *user, const xmlChar *text, int count) {
    (void)user, (void)text, (void)count;
    texts += 1;
}

int main(int count, char **arguments) {
    static char piece[1 << 16];
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "sax-count: give one file that can be read\n");
        return 64;
    }
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    size_t length;
    while (parser && (length = fread(piece, 1, sizeof piece, file)) > 0)
        if (xmlParseChunk(parser, piece, (int)length, 0) != 0) break;
    int fault = !parser || xmlParseChunk(parser, piece, 0, 1) != 0;
    if (fault) fprintf(stderr, "sax-count: not well-formed\n");
    printf("{\"starts\": %lld, \"ends\": %lld, \"texts\": %lld}\n", starts, ends, texts);
    xmlFreeParserCtxt(parser);
    fclose(file);
    return fault;
}
