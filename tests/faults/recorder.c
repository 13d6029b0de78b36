/* Records what a program does to the files below one folder: every write with its bytes, every sync, every name.
 *
 * Loaded before the program's libraries (LD_PRELOAD). GEMBA_RECORD_UNDER names the folder, GEMBA_RECORD_TO the log.
 * Each entry of the log: kind (1 byte), length of path (u16), length of second path (u16), offset (u64), size (u64),
 * path, second path, and for writes the bytes. Kinds: w write, t truncate, s sync of a file, S sync of a folder,
 * c create, r rename, u unlink, m mkdir, d rmdir, x something that a replay does not know.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 4096
static char *paths[MOST];
static int appends[MOST];
static int folders[MOST];
static int to = -1;
static const char *under;
static size_t under_size;
static pthread_mutex_t lock;

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static ssize_t (*real_write)(int, const void *, size_t);

__attribute__((constructor)) static void begin(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&lock, &kind);
  real_write = dlsym(RTLD_NEXT, "write");
  under = getenv("GEMBA_RECORD_UNDER");
  const char *log = getenv("GEMBA_RECORD_TO");
  if (!under || !log) return;
  under_size = strlen(under);
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  to = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
  return to >= 0 && path && strncmp(path, under, under_size) == 0 && (path[under_size] == '/' || !path[under_size]);
}

static void absolute(int folder, const char *path, char *out) {
  out[0] = 0;
  if (!path) return;
  if (path[0] == '/') {
    snprintf(out, PATH_MAX, "%s", path);
  } else if (folder == AT_FDCWD) {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here)) snprintf(out, PATH_MAX, "%.2000s/%.2000s", here, path);
  } else if (folder >= 0 && folder < MOST && paths[folder]) {
    snprintf(out, PATH_MAX, "%.2000s/%.2000s", paths[folder], path);
  }
}

static void put(const void *data, size_t size) {
  const char *at = data;
  while (size) {
    ssize_t done = real_write(to, at, size);
    if (done <= 0) abort();
    at += done;
    size -= (size_t)done;
  }
}

static void note(char kind, const char *path, const char *second, uint64_t offset, uint64_t size, const void *data) {
  int saved = errno;
  uint16_t one = (uint16_t)strlen(path), two = second ? (uint16_t)strlen(second) : 0;
  char head[1 + 2 + 2 + 8 + 8 + 2 * PATH_MAX];
  size_t at = 0;
  head[at++] = kind;
  memcpy(head + at, &one, 2), at += 2;
  memcpy(head + at, &two, 2), at += 2;
  memcpy(head + at, &offset, 8), at += 8;
  memcpy(head + at, &size, 8), at += 8;
  memcpy(head + at, path, one), at += one;
  if (two) memcpy(head + at, second, two), at += two;
  put(head, at);
  if (data) put(data, size);
  errno = saved;
}

static char *of(int file) { return file >= 0 && file < MOST ? paths[file] : NULL; }

static void remember(int file, const char *path, int flags, int was_there) {
  if (file < 0 || file >= MOST) return;
  free(paths[file]);
  paths[file] = NULL;
  if (!ours(path)) return;
  struct stat facts;
  paths[file] = strdup(path);
  appends[file] = (flags & O_APPEND) != 0;
  folders[file] = fstat(file, &facts) == 0 && S_ISDIR(facts.st_mode);
  if ((flags & O_TMPFILE) == O_TMPFILE) {
    free(paths[file]);
    paths[file] = NULL; /* it has no name, so that it is gone after a cut */
    return;
  }
  if (!was_there && (flags & O_CREAT)) note('c', path, NULL, 0, 0, NULL);
  if (was_there && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) note('t', path, NULL, 0, 0, NULL);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
  int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
  char whole[PATH_MAX];
  pthread_mutex_lock(&lock);
  absolute(folder, path, whole);
  int was_there = ours(whole) && access(whole, F_OK) == 0;
  int file = real(folder, path, flags, mode);
  int saved = errno;
  remember(file, whole, flags, was_there);
  errno = saved;
  pthread_mutex_unlock(&lock);
  return file;
}

#define MODE(flags)                                \
  mode_t mode = 0;                                 \
  if ((flags) & (O_CREAT | O_TMPFILE)) {           \
    va_list rest;                                  \
    va_start(rest, flags);                         \
    mode = va_arg(rest, mode_t);                   \
    va_end(rest);                                  \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

FILE *fopen64(const char *path, const char *how) {
  FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen64");
  char whole[PATH_MAX];
  absolute(AT_FDCWD, path, whole);
  if (ours(whole) && strpbrk(how, "wa+")) note('x', whole, NULL, 0, 0, NULL);
  return real(path, how);
}

FILE *fopen(const char *path, const char *how) { return fopen64(path, how); }

int close(int file) {
  REAL(close);
  pthread_mutex_lock(&lock);
  if (of(file)) free(paths[file]), paths[file] = NULL;
  int said = real(file);
  pthread_mutex_unlock(&lock);
  return said;
}

int dup(int file) {
  REAL(dup);
  pthread_mutex_lock(&lock);
  int other = real(file);
  if (of(file) && other >= 0 && other < MOST) {
    paths[other] = strdup(paths[file]), appends[other] = appends[file], folders[other] = folders[file];
  }
  pthread_mutex_unlock(&lock);
  return other;
}

static ssize_t wrote(int file, const void *data, ssize_t size, off_t offset) {
  if (size > 0 && of(file)) note('w', paths[file], NULL, (uint64_t)offset, (uint64_t)size, data);
  return size;
}

ssize_t write(int file, const void *data, size_t size) {
  if (!of(file)) return real_write(file, data, size);
  pthread_mutex_lock(&lock);
  off_t at = appends[file] ? lseek(file, 0, SEEK_END) : lseek(file, 0, SEEK_CUR);
  ssize_t done = wrote(file, data, real_write(file, data, size), at);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
  REAL(pwrite64);
  pthread_mutex_lock(&lock);
  ssize_t done = wrote(file, data, real(file, data, size, offset), offset);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return pwrite64(file, data, size, offset); }

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  if (of(file)) note('x', paths[file], NULL, 0, 0, NULL);
  return real(file, parts, count);
}

ssize_t copy_file_range(int from, off64_t *a, int into, off64_t *b, size_t size, unsigned flags) {
  if (of(into)) {
    errno = ENOSYS;
    return -1;
  }
  REAL(copy_file_range);
  return real(from, a, into, b, size, flags);
}

ssize_t sendfile64(int into, int from, off64_t *offset, size_t size) {
  if (of(into)) {
    errno = EINVAL; /* Python copies by reading and writing then */
    return -1;
  }
  ssize_t (*real)(int, int, off64_t *, size_t) = dlsym(RTLD_NEXT, "sendfile64");
  return real(into, from, offset, size);
}

ssize_t sendfile(int into, int from, off_t *offset, size_t size) { return sendfile64(into, from, offset, size); }

int ftruncate64(int file, off64_t size) {
  REAL(ftruncate64);
  pthread_mutex_lock(&lock);
  int said = real(file, size);
  if (said == 0 && of(file)) note('t', paths[file], NULL, (uint64_t)size, 0, NULL);
  pthread_mutex_unlock(&lock);
  return said;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int posix_fallocate64(int file, off64_t offset, off64_t size) {
  int (*real)(int, off64_t, off64_t) = dlsym(RTLD_NEXT, "posix_fallocate64");
  if (of(file)) note('x', paths[file], NULL, 0, 0, NULL);
  return real(file, offset, size);
}

int posix_fallocate(int file, off_t offset, off_t size) { return posix_fallocate64(file, offset, size); }

static void synced(int file) {
  if (of(file)) note(folders[file] ? 'S' : 's', paths[file], NULL, 0, 0, NULL);
}

int fsync(int file) {
  REAL(fsync);
  pthread_mutex_lock(&lock);
  int said = real(file);
  if (said == 0) synced(file);
  pthread_mutex_unlock(&lock);
  return said;
}

int fdatasync(int file) {
  REAL(fdatasync);
  pthread_mutex_lock(&lock);
  int said = real(file);
  if (said == 0) synced(file);
  pthread_mutex_unlock(&lock);
  return said;
}

static int named(char kind, int said, const char *path, const char *second) {
  if (said == 0 && (ours(path) || (second && ours(second)))) note(kind, path, second, 0, 0, NULL);
  return said;
}

int renameat(int a, const char *from, int b, const char *into) {
  REAL(renameat);
  char one[PATH_MAX], two[PATH_MAX];
  pthread_mutex_lock(&lock);
  absolute(a, from, one), absolute(b, into, two);
  int said = named('r', real(a, from, b, into), one, two);
  if (said == 0 && ours(two))
    for (int file = 0; file < MOST; file++)
      if (paths[file] && strcmp(paths[file], one) == 0) free(paths[file]), paths[file] = strdup(two);
  pthread_mutex_unlock(&lock);
  return said;
}

int rename(const char *from, const char *into) { return renameat(AT_FDCWD, from, AT_FDCWD, into); }

int unlinkat(int folder, const char *path, int flags) {
  REAL(unlinkat);
  char whole[PATH_MAX];
  pthread_mutex_lock(&lock);
  absolute(folder, path, whole);
  int said = named(flags & AT_REMOVEDIR ? 'd' : 'u', real(folder, path, flags), whole, NULL);
  if (said == 0 && ours(whole))
    for (int file = 0; file < MOST; file++)
      if (paths[file] && strcmp(paths[file], whole) == 0) free(paths[file]), paths[file] = NULL;
  pthread_mutex_unlock(&lock);
  return said;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
  REAL(mkdirat);
  char whole[PATH_MAX];
  pthread_mutex_lock(&lock);
  absolute(folder, path, whole);
  int said = named('m', real(folder, path, mode), whole, NULL);
  pthread_mutex_unlock(&lock);
  return said;
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int a, const char *from, int b, const char *into, int flags) {
  REAL(linkat);
  char two[PATH_MAX];
  absolute(b, into, two);
  if (ours(two)) note('x', two, NULL, 0, 0, NULL);
  return real(a, from, b, into, flags);
}
