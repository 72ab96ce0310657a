/* A disk that fails when it is told to: loaded before libc, it counts what a program writes below one folder and fails
 * the n-th call. It is told so from inside the same program (see failing_disk.py). */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { FAIL_ONCE = 0, FAIL_FROM_NOW_ON = 1, WRITE_SHORT = 2 };

static char folder[4096];
static long fail_at;
static int error_number;
static int way;
static long seen;

/* Count calls for files below `where` from 1; fail the `nth` with `error` (0: none). */
void disk_fail(const char *where, long nth, int error, int how) {
    strncpy(folder, where, sizeof folder - 1);
    fail_at = nth;
    error_number = error;
    way = how;
    seen = 0;
}

/* Fail no more; how many calls there were. */
long disk_heal(void) {
    folder[0] = 0;
    return seen;
}

static int is_below(const char *path) { return folder[0] && strncmp(path, folder, strlen(folder)) == 0; }

static int is_of_folder(int fd) {
    char link[64], path[4096];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* Whether this call fails. A short write is the first of calls that fail: then the disk is full. */
static int fails(int is_ours) {
    if (!is_ours) return 0;
    seen++;
    if (!fail_at || seen < fail_at || (way == FAIL_ONCE && seen > fail_at)) return 0;
    errno = error_number;
    return 1;
}

static int is_cut_short(size_t length) { return way == WRITE_SHORT && seen == fail_at && length > 1; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = REAL(write);
    if (!fails(is_of_folder(fd))) return real(fd, bytes, length);
    return is_cut_short(length) ? real(fd, bytes, length / 2) : -1;
}

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);

static ssize_t write_at(int fd, const void *bytes, size_t length, off64_t offset) {
    if (!real_pwrite) real_pwrite = REAL(pwrite64);
    if (!fails(is_of_folder(fd))) return real_pwrite(fd, bytes, length, offset);
    return is_cut_short(length) ? real_pwrite(fd, bytes, length / 2, offset) : -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return write_at(fd, bytes, length, offset); }

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return write_at(fd, bytes, length, offset); }

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = REAL(fsync);
    return fails(is_of_folder(fd)) ? -1 : real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = REAL(fdatasync);
    return fails(is_of_folder(fd)) ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t length) {
    static int (*real)(int, off64_t);
    if (!real) real = REAL(ftruncate64);
    return fails(is_of_folder(fd)) ? -1 : real(fd, length);
}

int ftruncate(int fd, off_t length) {
    static int (*real)(int, off_t);
    if (!real) real = REAL(ftruncate);
    return fails(is_of_folder(fd)) ? -1 : real(fd, length);
}

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = REAL(rename);
    return fails(is_below(to)) ? -1 : real(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    static int (*real)(int, const char *, int, const char *);
    if (!real) real = REAL(renameat);
    return fails(is_below(to)) ? -1 : real(from_folder, from, to_folder, to);
}
