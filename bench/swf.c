// A load generator for Amazon SWF: deciders, workers, starters and signallers as connections of one epoll loop.
//
//   swf rt   PORT [-n workflows] [-k activities each] [-m open at once] [-d deciders] [-w workers]
//   swf open PORT [-n open executions] [-s signals] [-c connections] [-d deciders]
//   swf idle PORT [-n parked polls] [-t seconds]
//   swf hist PORT [-n events] [-b markers a decision]
//
// -a sets the User-Agent: Hakoniwa ends the connections of polls for clients that may fork.
// Every request is signed (key test, secret test, us-east-1). The moments of sending ride in inputs, results and signals, so that
// one clock measures from end to end. Where a poll's answer closes its connection, a new one takes
// its place. Prints one line of JSON.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) { perror(what); exit(1); }
static void end(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vfprintf(stderr, format, values);
  va_end(values);
  fputc('\n', stderr);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

// --- SHA-256 (FIPS 180-4) and HMAC (RFC 2104), for signatures

typedef struct { uint32_t h[8]; uint8_t block[64]; size_t used; uint64_t length; } Sha;

static const uint32_t K[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))

static void shaBlock(Sha *s) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++) w[i] = (uint32_t)s->block[4 * i] << 24 | s->block[4 * i + 1] << 16 | s->block[4 * i + 2] << 8 | s->block[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t a = ROTATE(w[i - 15], 7) ^ ROTATE(w[i - 15], 18) ^ w[i - 15] >> 3, b = ROTATE(w[i - 2], 17) ^ ROTATE(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
  memcpy(v, s->h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t e = ROTATE(v[4], 6) ^ ROTATE(v[4], 11) ^ ROTATE(v[4], 25), choose = (v[4] & v[5]) ^ (~v[4] & v[6]);
    uint32_t one = v[7] + e + choose + K[i] + w[i];
    uint32_t a = ROTATE(v[0], 2) ^ ROTATE(v[0], 13) ^ ROTATE(v[0], 22), most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += one;
    v[0] = one + a + most;
  }
  for (int i = 0; i < 8; i++) s->h[i] += v[i];
  s->used = 0;
}

static void shaBegin(Sha *s) {
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(s->h, start, sizeof start);
  s->used = 0;
  s->length = 0;
}

static void shaAdd(Sha *s, const void *data, size_t length) {
  const uint8_t *bytes = data;
  s->length += length;
  while (length) {
    size_t part = 64 - s->used < length ? 64 - s->used : length;
    memcpy(s->block + s->used, bytes, part);
    s->used += part;
    bytes += part;
    length -= part;
    if (s->used == 64) shaBlock(s);
  }
}

static void shaEnd(Sha *s, uint8_t *digest) {
  uint64_t bits = s->length * 8;
  shaAdd(s, "\x80", 1);
  while (s->used != 56) shaAdd(s, "", 1);
  for (int i = 7; i >= 0; i--) shaAdd(s, (uint8_t[]){(uint8_t)(bits >> (8 * i))}, 1);
  for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

static void hexDigest(const void *data, size_t length, char *text) {
  Sha s;
  uint8_t digest[32];
  shaBegin(&s);
  shaAdd(&s, data, length);
  shaEnd(&s, digest);
  for (int i = 0; i < 32; i++) sprintf(text + 2 * i, "%02x", digest[i]);
}

static void hmac(const void *key, size_t keyLength, const void *data, size_t length, uint8_t *digest) {
  uint8_t pad[64] = {0};
  Sha s;
  memcpy(pad, key, keyLength);
  for (int i = 0; i < 64; i++) pad[i] ^= 0x36;
  shaBegin(&s);
  shaAdd(&s, pad, 64);
  shaAdd(&s, data, length);
  shaEnd(&s, digest);
  for (int i = 0; i < 64; i++) pad[i] ^= 0x36 ^ 0x5c;
  shaBegin(&s);
  shaAdd(&s, pad, 64);
  shaAdd(&s, digest, 32);
  shaEnd(&s, digest);
}

// --- connections

typedef struct Connection Connection;
struct Connection {
  int fd, number;
  int isBusy;
  double started;
  char *in;
  size_t have, room;
  size_t headLength;
  int64_t bodyLength;
  int step;
  int workflow;
  char token[1100];
  void (*answered)(Connection *, int status, char *body);
};

static int port, poller;
static const char *agent = "hakoniwa-bench";
static long errors, requestsMade;
static char firstError[400];

static void connectOne(Connection *c) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event) < 0) fail("epoll_ctl");
}

static void request(Connection *c, const char *operation, const char *body, size_t length) {
  static char day[9], moment[17], host[32];
  static uint8_t key[32];
  static time_t signedAt;
  time_t second = time(NULL);
  if (second - signedAt > 60) {
    struct tm t;
    gmtime_r(&second, &t);
    strftime(day, sizeof day, "%Y%m%d", &t);
    strftime(moment, sizeof moment, "%Y%m%dT%H%M%SZ", &t);
    snprintf(host, sizeof host, "127.0.0.1:%d", port);
    hmac("AWS4test", 8, day, 8, key);
    hmac(key, 32, "us-east-1", 9, key);
    hmac(key, 32, "swf", 3, key);
    hmac(key, 32, "aws4_request", 12, key);
    signedAt = second;
  }
  char text[2000], digest[65], signature[65];
  uint8_t raw[32];
  hexDigest(body, length, digest);
  int n = snprintf(text, sizeof text, "POST\n/\n\nhost:%s\nx-amz-date:%s\nx-amz-target:SimpleWorkflowService.%s\n\nhost;x-amz-date;x-amz-target\n%s",
                   host, moment, operation, digest);
  hexDigest(text, n, digest);
  n = snprintf(text, sizeof text, "AWS4-HMAC-SHA256\n%s\n%s/us-east-1/swf/aws4_request\n%s", moment, day, digest);
  hmac(key, 32, text, n, raw);
  for (int i = 0; i < 32; i++) sprintf(signature + 2 * i, "%02x", raw[i]);

  static char *out;
  static size_t room;
  if (room < length + 1000) out = realloc(out, room = (length + 1000) * 2);
  n = snprintf(out, 1000,
               "POST / HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: %s\r\nX-Amz-Target: SimpleWorkflowService.%s\r\n"
               "Authorization: AWS4-HMAC-SHA256 Credential=test/%s/us-east-1/swf/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=%s\r\n"
               "Content-Length: %zu\r\n\r\n", host, agent, moment, operation, day, signature, length);
  memcpy(out + n, body, length);
  if (c->fd < 0) connectOne(c);
  c->isBusy = 1;
  c->have = c->headLength = 0;
  c->started = now();
  requestsMade++;
  // Written whole: requests are smaller than a socket's buffer, or the other side reads them.
  for (size_t sent = 0, all = n + length; sent < all;) {
    ssize_t part = send(c->fd, out + sent, all - sent, MSG_NOSIGNAL);
    if (part <= 0) fail("send");
    sent += part;
  }
}

static char scratch[1 << 20];

static void ask(Connection *c, const char *operation, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int n = vsnprintf(scratch, sizeof scratch, format, values);
  va_end(values);
  if (n >= (int)sizeof scratch) end("a request is too long");
  request(c, operation, scratch, n);
}

// What has come; calls `answered` when an answer is whole.
static void readSome(Connection *c) {
  if (c->room < c->have + 65536 + 1) c->in = realloc(c->in, c->room = (c->have + 65536 + 1) * 2);
  ssize_t n = recv(c->fd, c->in + c->have, c->room - c->have - 1, 0);
  if (n <= 0) {
    if (c->isBusy) { errors++; if (!firstError[0]) strcpy(firstError, "the connection was closed"); }
    close(c->fd);
    c->fd = -1;
    c->isBusy = 0;
    return;
  }
  c->have += n;
  c->in[c->have] = 0;
  if (!c->headLength) {
    char *stop = strstr(c->in, "\r\n\r\n");
    if (!stop) return;
    c->headLength = stop + 4 - c->in;
    *stop = 0;
    char *field = strcasestr(c->in, "\r\ncontent-length:");
    if (!field) end("an answer without a length");
    c->bodyLength = atoll(field + 17);
  }
  if (c->have < c->headLength + c->bodyLength) return;
  int status = atoi(c->in + 9);
  if (!strncmp(c->in, "HTTP/1.0", 8) || strcasestr(c->in, "\r\nconnection: close")) { close(c->fd); c->fd = -1; }
  c->isBusy = 0;
  char *body = c->in + c->headLength;
  if (status != 200) {
    errors++;
    if (!firstError[0]) snprintf(firstError, sizeof firstError, "%d %.300s", status, body);
  }
  c->answered(c, status, body);
}

static Connection *connections;
static int connectionCount;

static Connection *add(void (*answered)(Connection *, int, char *)) {
  Connection *c = &connections[connectionCount];
  *c = (Connection){.fd = -1, .number = connectionCount++, .answered = answered};
  return c;
}

// --- figures

typedef struct { double *values; long count, room; } Figures;

static void note(Figures *f, double value) {
  if (f->count == f->room) f->values = realloc(f->values, (f->room = f->room ? f->room * 2 : 1024) * sizeof(double));
  f->values[f->count++] = value;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static double at(Figures *f, double share) {
  if (!f->count) return 0;
  qsort(f->values, f->count, sizeof(double), compare);
  return f->values[(long)(share * (f->count - 1))] * 1000;
}

// The text of a member; only values without escapes are asked for, but for the slashes of tokens.
static int member(const char *json, const char *name, char *out, size_t room) {
  char wanted[80];
  snprintf(wanted, sizeof wanted, "\"%s\"", name);
  out[0] = 0;
  for (const char *p = json; (p = strstr(p, wanted));) {
    p += strlen(wanted);
    while (*p == ' ') p++;
    if (*p++ != ':') continue;
    while (*p == ' ') p++;
    if (*p++ != '"') continue;
    size_t n = 0;
    while (*p && *p != '"' && n + 1 < room) {
      if (*p == '\\') p++;
      out[n++] = *p++;
    }
    out[n] = 0;
    return 1;
  }
  return 0;
}

// --- the workload

static const char *mode;
static long workflows = 1000, activities = 5, openAtOnce = 50, signals = 3000, markers = 100;
static int deciders = 4, workers = 4, callers = 8, seconds = 5;
static char tag[24];
static long started, opened, finished, roundTrips, signalsBegun, signalsDone, decisions;
static double startEnded, signalBegun, signalEnded;
static Figures toActivity, toDecision, signalToDecision, starts, signalCalls;
static int isOver;

static void nextStart(Connection *c) {
  if (started >= workflows || (*mode == 'r' && started - finished >= openAtOnce)) return;
  started++;
  ask(c, "StartWorkflowExecution",
      "{\"domain\":\"bench\",\"workflowId\":\"%s-%ld\",\"workflowType\":{\"name\":\"w\",\"version\":\"1\"},\"taskList\":{\"name\":\"d%s\"}}", tag, started, tag);
}

static void afterStart(Connection *c, int status, char *body) {
  note(&starts, now() - c->started);
  opened++;
  startEnded = now();
  nextStart(c);
}

static void nextDecision(Connection *c) {
  c->step = 0;
  ask(c, "PollForDecisionTask", "{\"domain\":\"bench\",\"taskList\":{\"name\":\"d%s\"},\"reverseOrder\":true,\"maximumPageSize\":10}", tag);
}

static void afterDecision(Connection *c, int status, char *body) {
  char value[200];
  if (c->step == 1) {
    decisions++;
    return nextDecision(c);
  }
  if (status != 200 || !member(body, "taskToken", c->token, sizeof c->token) || !c->token[0]) return nextDecision(c);
  c->step = 1;
  if (*mode == 'o') {
    char *signaled = strstr(body, "workflowExecutionSignaledEventAttributes");
    if (signaled && member(signaled, "input", value, sizeof value)) note(&signalToDecision, now() - atof(value));
    return ask(c, "RespondDecisionTaskCompleted", "{\"taskToken\":\"%s\",\"decisions\":[]}", c->token);
  }
  long index = 0;
  char *completed = strstr(body, "activityTaskCompletedEventAttributes");
  if (completed && member(completed, "result", value, sizeof value)) {
    index = atol(value);
    note(&toDecision, now() - atof(strchr(value, ':') + 1));
  }
  if (index < activities)
    return ask(c, "RespondDecisionTaskCompleted",
               "{\"taskToken\":\"%s\",\"decisions\":[{\"decisionType\":\"ScheduleActivityTask\",\"scheduleActivityTaskDecisionAttributes\":{\"activityType\":"
               "{\"name\":\"a\",\"version\":\"1\"},\"activityId\":\"a%ld\",\"taskList\":{\"name\":\"a%s\"},\"input\":\"%ld:%.9f\"}}]}",
               c->token, index + 1, tag, index + 1, now());
  finished++;
  if (finished >= workflows) isOver = 1;
  ask(c, "RespondDecisionTaskCompleted",
      "{\"taskToken\":\"%s\",\"decisions\":[{\"decisionType\":\"CompleteWorkflowExecution\",\"completeWorkflowExecutionDecisionAttributes\":{}}]}", c->token);
}

static void nextActivity(Connection *c) {
  c->step = 0;
  ask(c, "PollForActivityTask", "{\"domain\":\"bench\",\"taskList\":{\"name\":\"a%s\"}}", tag);
}

static void afterActivity(Connection *c, int status, char *body) {
  char value[200];
  if (c->step == 1) {
    roundTrips++;
    return nextActivity(c);
  }
  if (status != 200 || !member(body, "taskToken", c->token, sizeof c->token) || !c->token[0]) return nextActivity(c);
  c->step = 1;
  member(body, "input", value, sizeof value);
  char *sent = strchr(value, ':');
  if (sent) note(&toActivity, now() - atof(sent + 1));
  ask(c, "RespondActivityTaskCompleted", "{\"taskToken\":\"%s\",\"result\":\"%ld:%.9f\"}", c->token, atol(value), now());
}

static void nextSignal(Connection *c) {
  if (signalsBegun >= signals) return;
  long target = signalsBegun++ % workflows + 1;
  ask(c, "SignalWorkflowExecution", "{\"domain\":\"bench\",\"workflowId\":\"%s-%ld\",\"signalName\":\"s\",\"input\":\"%.9f\"}", tag, target, now());
}

static void afterSignal(Connection *c, int status, char *body) {
  note(&signalCalls, now() - c->started);
  signalEnded = now();
  if (++signalsDone >= signals) isOver = 1;
  nextSignal(c);
}

static void afterPark(Connection *c, int status, char *body) { decisions++; }

// Runs until `isOver`, or `until`; without an answer for a minute it gives up.
static void run(double until) {
  struct epoll_event events[256];
  double last = now();
  while (!isOver) {
    int n = epoll_wait(poller, events, 256, until ? 50 : 1000);
    if (n < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < n; i++) {
      Connection *c = events[i].data.ptr;
      if (c->fd >= 0) readSome(c);
    }
    if (n > 0) last = now();
    if (until && now() >= until) return;
    if (!until && now() - last > 60) end("no answer for a minute; %ld errors, the first: %s", errors, firstError);
    // Starters that wait for room.
    if (*mode == 'r') for (int i = 0; i < connectionCount; i++) if (!connections[i].isBusy && connections[i].answered == afterStart) nextStart(&connections[i]);
  }
}

// --- one call at a time, for set-up and histories

static int oneStatus;
static char *oneBody;
static void afterOne(Connection *c, int status, char *body) { oneStatus = status; oneBody = body; isOver = 1; }

static char *call(Connection *c, const char *operation, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int n = vsnprintf(scratch, sizeof scratch, format, values);
  va_end(values);
  request(c, operation, scratch, n);
  isOver = 0;
  while (!isOver) {
    struct epoll_event event;
    if (epoll_wait(poller, &event, 1, 70000) <= 0) end("%s: no answer", operation);
    Connection *from = event.data.ptr;
    if (from->fd >= 0) readSome(from);
    if (!isOver && !c->isBusy) end("%s: %s", operation, firstError);
  }
  isOver = 0;
  return oneBody;
}

static void setUp(Connection *c) {
  call(c, "RegisterDomain", "{\"name\":\"bench\",\"workflowExecutionRetentionPeriodInDays\":\"1\"}");
  call(c, "RegisterWorkflowType",
       "{\"domain\":\"bench\",\"name\":\"w\",\"version\":\"1\",\"defaultTaskList\":{\"name\":\"d\"},\"defaultTaskStartToCloseTimeout\":\"600\","
       "\"defaultExecutionStartToCloseTimeout\":\"86400\",\"defaultChildPolicy\":\"TERMINATE\"}");
  call(c, "RegisterActivityType",
       "{\"domain\":\"bench\",\"name\":\"a\",\"version\":\"1\",\"defaultTaskList\":{\"name\":\"a\"},\"defaultTaskStartToCloseTimeout\":\"600\","
       "\"defaultTaskScheduleToStartTimeout\":\"600\",\"defaultTaskScheduleToCloseTimeout\":\"1200\",\"defaultTaskHeartbeatTimeout\":\"NONE\"}");
  // They may be there from an earlier run.
  errors = requestsMade = 0;
  firstError[0] = 0;
}

static long count(const char *text, const char *part) {
  long n = 0;
  for (; (text = strstr(text, part)); text++) n++;
  return n;
}

static void history(Connection *c) {
  static char big[1 << 19], token[1100], run[80], page[4096];
  double first = 0, last = 0, begun = now();
  long events = 0, firstEvents = 0, lastEvents = 0;
  char *body = call(c, "StartWorkflowExecution",
                    "{\"domain\":\"bench\",\"workflowId\":\"%s\",\"workflowType\":{\"name\":\"w\",\"version\":\"1\"},\"taskList\":{\"name\":\"d%s\"}}", tag, tag);
  if (!member(body, "runId", run, sizeof run)) end("no run: %s", body);
  while (events < workflows) {
    double from = now();
    body = call(c, "PollForDecisionTask", "{\"domain\":\"bench\",\"taskList\":{\"name\":\"d%s\"},\"reverseOrder\":true,\"maximumPageSize\":1}", tag);
    if (!member(body, "taskToken", token, sizeof token) || !token[0]) end("no decision task: %.300s", body);
    // The next decision is queued when this one is answered.
    call(c, "SignalWorkflowExecution", "{\"domain\":\"bench\",\"workflowId\":\"%s\",\"signalName\":\"go\",\"input\":\"x\"}", tag);
    int n = snprintf(big, sizeof big, "{\"taskToken\":\"%s\",\"decisions\":[", token);
    for (long i = 0; i < markers; i++)
      n += snprintf(big + n, sizeof big - n, "%s{\"decisionType\":\"RecordMarker\",\"recordMarkerDecisionAttributes\":{\"markerName\":\"m%ld\",\"details\":\"0123456789abcdef0123456789abcdef\"}}", i ? "," : "", i);
    snprintf(big + n, sizeof big - n, "]}");
    call(c, "RespondDecisionTaskCompleted", "%s", big);
    if (oneStatus != 200) end("the decisions were refused: %.300s", oneBody);
    double took = now() - from;
    events += markers + 4;
    if (events <= 1100) { first += took; firstEvents += markers + 4; }
    if (events > workflows - 1000) { last += took; lastEvents += markers + 4; }
  }
  double built = now() - begun;
  Figures pages = {0}, reverse = {0}, task = {0};
  long total = 0, pageCount = 0, bytes = 0;
  for (int turn = 0; turn < 5; turn++) {
    page[0] = 0;
    total = pageCount = bytes = 0;
    do {
      double from = now();
      body = call(c, "GetWorkflowExecutionHistory", "{\"domain\":\"bench\",\"execution\":{\"workflowId\":\"%s\",\"runId\":\"%s\"},\"maximumPageSize\":1000%s%s%s}",
                  tag, run, page[0] ? ",\"nextPageToken\":\"" : "", page, page[0] ? "\"" : "");
      double took = now() - from;
      long here = count(body, "\"eventId\"");
      if (here >= 1000) note(&pages, took);
      total += here;
      bytes += strlen(body);
      pageCount++;
      member(body, "nextPageToken", page, sizeof page);
    } while (page[0]);
    double from = now();
    call(c, "GetWorkflowExecutionHistory", "{\"domain\":\"bench\",\"execution\":{\"workflowId\":\"%s\",\"runId\":\"%s\"},\"maximumPageSize\":100,\"reverseOrder\":true}", tag, run);
    note(&reverse, now() - from);
  }
  double from = now();
  page[0] = 0;
  do {
    body = call(c, "PollForDecisionTask", "{\"domain\":\"bench\",\"taskList\":{\"name\":\"d%s\"}%s%s%s}", tag, page[0] ? ",\"nextPageToken\":\"" : "", page, page[0] ? "\"" : "");
    member(body, "nextPageToken", page, sizeof page);
  } while (page[0]);
  note(&task, now() - from);
  printf("{\"events\": %ld, \"builtSeconds\": %.4f, \"firstMicroseconds\": %.2f, \"lastMicroseconds\": %.2f, \"pages\": %ld, \"bytes\": %ld, "
         "\"page50\": %.4f, \"page99\": %.4f, \"reverse100\": %.4f, \"task\": %.4f, \"requests\": %ld, \"errors\": %ld, \"firstError\": \"%s\"}\n",
         total, built, first / (firstEvents ? firstEvents : 1) * 1e6, last / (lastEvents ? lastEvents : 1) * 1e6, pageCount, bytes, at(&pages, 0.5), at(&pages, 0.99),
         at(&reverse, 0.5), at(&task, 0.5), requestsMade, errors, firstError);
}

int main(int argumentCount, char **arguments) {
  if (argumentCount < 3) end("swf rt|open|idle|hist PORT [options]");
  mode = arguments[1];
  port = atoi(arguments[2]);
  if (*mode == 'h') workflows = 24000;
  optind = 3;
  for (int option; (option = getopt(argumentCount, arguments, "n:k:m:d:w:s:c:b:t:a:")) != -1;) {
    long value = atol(optarg);
    switch (option) {
    case 'n': workflows = value; break;
    case 'k': activities = value; break;
    case 'm': openAtOnce = value; break;
    case 'd': deciders = (int)value; break;
    case 'w': workers = (int)value; break;
    case 's': signals = value; break;
    case 'c': callers = (int)value; break;
    case 'b': markers = value; break;
    case 't': seconds = (int)value; break;
    case 'a': agent = optarg; break;
    default: return 2;
    }
  }
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  snprintf(tag, sizeof tag, "%llx", (unsigned long long)(now() * 1e6));
  poller = epoll_create1(0);
  connections = calloc(64 + deciders + workers + callers + (*mode == 'i' ? workflows : 0), sizeof(Connection));
  Connection *one = add(afterOne);
  setUp(one);
  one->answered = afterOne;

  if (*mode == 'h') {
    history(one);
    return 0;
  }
  double begun = now();
  if (*mode == 'r') {
    for (int i = 0; i < deciders; i++) nextDecision(add(afterDecision));
    for (int i = 0; i < workers; i++) nextActivity(add(afterActivity));
    begun = now();
    for (int i = 0; i < 4 && i < openAtOnce; i++) nextStart(add(afterStart));
    run(0);
    double took = now() - begun;
    printf("{\"workflows\": %ld, \"roundTrips\": %ld, \"seconds\": %.4f, \"perSecond\": %.1f, \"activity50\": %.4f, \"activity99\": %.4f, \"decision50\": %.4f, "
           "\"decision99\": %.4f, ", finished, roundTrips, took, roundTrips / took, at(&toActivity, 0.5), at(&toActivity, 0.99), at(&toDecision, 0.5), at(&toDecision, 0.99));
  } else if (*mode == 'o') {
    for (int i = 0; i < callers; i++) nextStart(add(afterStart));
    for (int i = 0; i < deciders; i++) nextDecision(add(afterDecision));
    while (opened < workflows) { isOver = 0; run(now() + 0.05); }
    startEnded -= begun;
    // The decisions of the starts are out of the way first.
    while (deciders && decisions < workflows) run(now() + 0.05);
    if (signals) {
      signalBegun = now();
      for (int i = 0; i < callers; i++) nextSignal(add(afterSignal));
      run(0);
      double took = signalEnded - signalBegun;
      // What is queued is still decided.
      for (double stop = now() + 10; deciders && now() < stop;) {
        long before = decisions;
        isOver = 0;
        run(now() + 0.2);
        if (decisions == before) break;
      }
      printf("{\"signals\": %ld, \"signalsPerSecond\": %.1f, \"signal50\": %.4f, \"signal99\": %.4f, ", signalsDone, signalsDone / took, at(&signalCalls, 0.5), at(&signalCalls, 0.99));
    } else printf("{");
    printf("\"opened\": %ld, \"startsPerSecond\": %.1f, \"start50\": %.4f, \"start99\": %.4f, \"decision50\": %.4f, \"decision99\": %.4f, \"decisions\": %ld, ", opened,
           opened / startEnded, at(&starts, 0.5), at(&starts, 0.99), at(&signalToDecision, 0.5), at(&signalToDecision, 0.99), decisions);
  } else {
    for (long i = 0; i < workflows; i++) ask(add(afterPark), "PollForActivityTask", "{\"domain\":\"bench\",\"taskList\":{\"name\":\"idle%s\"}}", tag);
    run(now() + 1);
    // Whoever measures begins now.
    printf("parked\n");
    fflush(stdout);
    run(now() + seconds);
    printf("{\"parked\": %ld, \"answers\": %ld, ", workflows, decisions);
  }
  for (char *p = firstError; *p; p++) if (*p == '"' || *p == '\\' || (unsigned char)*p < 32) *p = ' ';
  printf("\"requests\": %ld, \"errors\": %ld, \"firstError\": \"%s\"}\n", requestsMade, errors, firstError);
  return 0;
}
