// A load generator that costs little: N keep-alive connections, each with one request under way, bytes prepared beforehand.
//
//   load PORT CONNECTIONS COUNT FILE
//
// FILE has requests, each preceded by its length as text and a newline; they are sent in turn until COUNT answers have come.
// Answers need a Content-Length, or none for 204 and 304; bodies are dropped in the kernel where it can. Prints one line of JSON.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct { char *bytes; size_t length; } Request;
typedef struct { int fd; size_t sent, headLength; int64_t left; Request *request; double started; char head[16384]; } Connection;

static Request *requests;
static size_t requestCount, nextRequest;
static long wanted, begun, done, errors;
static int64_t received;
static int firstError;
static char firstErrorText[400];
static double *latencies;
static int port, poller;

static void fail(const char *what) { perror(what); exit(1); }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void readRequests(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file) fail(name);
  size_t length, room = 0;
  while (fscanf(file, "%zu", &length) == 1) {
    fgetc(file);
    if (requestCount == room) requests = realloc(requests, (room = room ? room * 2 : 64) * sizeof(Request));
    requests[requestCount].bytes = malloc(length);
    requests[requestCount].length = length;
    if (fread(requests[requestCount].bytes, 1, length, file) != length) fail("the file of requests is cut off");
    requestCount++;
  }
  fclose(file);
  if (!requestCount) { fprintf(stderr, "no requests\n"); exit(1); }
}

static void connectOne(Connection *c) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event) < 0) fail("epoll_ctl");
}

// Requests are written whole: they are smaller than a socket's buffer, or the other side reads them.
static void begin(Connection *c) {
  if (begun >= wanted) { c->request = NULL; return; }
  begun++;
  c->request = &requests[nextRequest++ % requestCount];
  c->headLength = 0;
  c->left = -1;
  c->started = now();
  for (c->sent = 0; c->sent < c->request->length;) {
    ssize_t n = send(c->fd, c->request->bytes + c->sent, c->request->length - c->sent, MSG_NOSIGNAL);
    if (n <= 0) fail("send");
    c->sent += n;
  }
}

static void reconnect(Connection *c) { close(c->fd); connectOne(c); }

static void finish(Connection *c, int closes) {
  latencies[done++] = now() - c->started;
  if (closes) reconnect(c);
  begin(c);
}

static int closesAfter(const char *head) { return !strncmp(head, "HTTP/1.0", 8) || strcasestr(head, "\r\nconnection: close") != NULL; }

static void readHead(Connection *c) {
  ssize_t n = recv(c->fd, c->head + c->headLength, sizeof c->head - 1 - c->headLength, 0);
  if (n <= 0) { errors++; if (!firstErrorText[0]) strcpy(firstErrorText, "the connection was closed"); done++; reconnect(c); begin(c); return; }
  c->headLength += n;
  received += n;
  c->head[c->headLength] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (!end) { if (c->headLength == sizeof c->head - 1) { fprintf(stderr, "a head without end\n"); exit(1); } return; }
  int status = atoi(c->head + 9);
  if (status >= 300) {
    errors++;
    if (!firstError) { firstError = status; snprintf(firstErrorText, sizeof firstErrorText, "%.300s", end + 4); }
  }
  size_t extra = c->headLength - (end + 4 - c->head);
  *end = 0;
  char *field = strcasestr(c->head, "\r\ncontent-length:");
  if (!field && strcasestr(c->head, "\r\ntransfer-encoding:")) { fprintf(stderr, "an answer in chunks cannot be counted\n"); exit(1); }
  c->left = (field ? atoll(field + 17) : 0) - (int64_t)extra;
  if (c->left <= 0) finish(c, closesAfter(c->head));
}

static void readBody(Connection *c) {
  static char dropped[1 << 20];
  size_t part = c->left < (int64_t)sizeof dropped ? (size_t)c->left : sizeof dropped;
  ssize_t n = recv(c->fd, dropped, part, MSG_TRUNC);
  if (n <= 0) fail("an answer was cut off");
  received += n;
  c->left -= n;
  if (c->left <= 0) finish(c, closesAfter(c->head));
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int count, char **arguments) {
  if (count != 5) { fprintf(stderr, "load PORT CONNECTIONS COUNT FILE\n"); return 2; }
  port = atoi(arguments[1]);
  int connections = atoi(arguments[2]);
  wanted = atol(arguments[3]);
  readRequests(arguments[4]);
  latencies = calloc(wanted, sizeof(double));
  poller = epoll_create1(0);
  Connection *all = calloc(connections, sizeof(Connection));
  for (int i = 0; i < connections; i++) connectOne(&all[i]);
  double start = now();
  for (int i = 0; i < connections; i++) begin(&all[i]);
  struct epoll_event events[64];
  while (done < wanted) {
    int n = epoll_wait(poller, events, 64, 30000);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) { fprintf(stderr, "no answer for 30 s\n"); return 1; }
    for (int i = 0; i < n; i++) {
      Connection *c = events[i].data.ptr;
      if (!c->request) continue;
      if (c->left < 0) readHead(c); else readBody(c);
    }
  }
  double seconds = now() - start;
  qsort(latencies, wanted, sizeof(double), compare);
  for (char *p = firstErrorText; *p; p++) if (*p == '"' || *p == '\\' || (unsigned char)*p < 32) *p = ' ';
  printf("{\"requests\": %ld, \"errors\": %ld, \"firstError\": %d, \"firstErrorText\": \"%s\", \"seconds\": %.6f, \"bytes\": %lld, "
         "\"p50\": %.6f, \"p99\": %.6f}\n",
         done, errors, firstError, firstErrorText, seconds, (long long)received, latencies[wanted / 2], latencies[wanted * 99 / 100]);
  return 0;
}
