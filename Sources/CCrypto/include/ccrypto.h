#ifndef CCRYPTO_H
#define CCRYPTO_H
/* The door to OpenSSL's libcrypto: SHA-256, HMAC-SHA-256 and scrypt. No OpenSSL header is visible to Swift. */
#include <stddef.h>
#include <stdint.h>

typedef struct ccrypto_sha256 ccrypto_sha256;

/* A running SHA-256, or NULL where memory is out. EVP_DigestInit_ex */
ccrypto_sha256 *ccrypto_sha256_new(void);
/* Takes the next bytes. EVP_DigestUpdate */
void ccrypto_sha256_update(ccrypto_sha256 *, const void *bytes, size_t count);
/* Writes the 32 bytes of the digest and begins anew. EVP_DigestFinal_ex */
void ccrypto_sha256_finish(ccrypto_sha256 *, uint8_t digest[32]);
void ccrypto_sha256_free(ccrypto_sha256 *);

typedef struct ccrypto_hmac ccrypto_hmac;

/* HMAC-SHA-256 under one key, for many messages. EVP_MAC_init */
ccrypto_hmac *ccrypto_hmac_new(const uint8_t *key, size_t count);
/* Writes the 32 bytes for one message. EVP_MAC_update, EVP_MAC_final */
void ccrypto_hmac_sign(ccrypto_hmac *, const void *bytes, size_t count, uint8_t mac[32]);
void ccrypto_hmac_free(ccrypto_hmac *);

/* Fills the buffer from the system's generator; 1 when it did. RAND_bytes */
int ccrypto_random(uint8_t *bytes, size_t count);

/* Derives a key from a password by scrypt; 1 when it did, 0 where the memory is not there. EVP_PBE_scrypt, RFC 7914 */
int ccrypto_scrypt(const char *password, size_t password_count, const uint8_t *salt, size_t salt_count, uint64_t n,
                   uint64_t r, uint64_t p, uint8_t *key, size_t key_count);
/* Whether so many bytes are equal, in a time that does not tell where they differ. CRYPTO_memcmp */
int ccrypto_equal(const void *one, const void *other, size_t count);
#endif
