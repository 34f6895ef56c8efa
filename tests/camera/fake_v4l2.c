/* A camera for machines that have none.
 *
 * Preloaded into a program, this library plays one Video4Linux capture device, /dev/video0, down to the
 * ioctls, so that the program's real camera code runs against it. Real video devices are hidden. Like a real one it can
 * be opened several times; who asked for buffers has the stream.
 *
 *     cc -shared -fPIC -O1 -o libfake_v4l2.so fake_v4l2.c -ldl
 *     FAKE_CAMERA=stream LD_PRELOAD=$PWD/libfake_v4l2.so program
 *
 * FAKE_CAMERA           what it does:
 *                         none    (or unset) there is no camera
 *                         stream  it sends pictures
 *                         silent  it opens, and then no picture ever comes
 *                         busy    another program is streaming from it (EBUSY)
 *                         denied  the user may not open it (EACCES)
 *                         rogue   it answers with a buffer that does not exist
 * FAKE_CAMERA_NODES     what /dev/video0, /dev/video1 ... are, a letter each: c the camera, m its metadata, o an
 *                       output, x a codec, n a node of an old driver that does not tell; c if unset
 * FAKE_CAMERA_FORMAT    the fourcc it sends: YUYV (the default) or another of videodev2.h; with one such as H264 it
 *                       is a camera that cannot be decoded
 * FAKE_CAMERA_STRIDE    how many bytes the rows of the picture in the file are apart, told as bytesperline
 * FAKE_CAMERA_RANGE     if set, sizes and rates are told as ranges, not one by one
 * FAKE_CAMERA_FILE      the picture it sends, over and over: raw pixels in that format, or a JPEG file
 *                       for MJPG. Without it, YUYV sends a gradient that moves (see paint below)
 * FAKE_CAMERA_SIZE      WIDTHxHEIGHT of that picture, offered alone; without it 1280x720, 640x480 and
 *                       320x240 are offered
 * FAKE_CAMERA_FPS       pictures per second, offered alone; without it 30 and 15 are offered
 * FAKE_CAMERA_UNPLUG    it is unplugged after this many pictures (ENODEV); 0 or unset: never
 * FAKE_CAMERA_AWAY_MS   it is plugged in again after so many milliseconds; unset: never
 * FAKE_CAMERA_FAULT     what goes wrong with a picture, once in the life of the program:
 *                         error   its second half is rubbish, and it is marked so (V4L2_BUF_FLAG_ERROR)
 *                         half    its second half is missing (bytesused), not marked
 *                         empty   all of it is missing, not marked
 *                         eio     asking for it fails (EIO), and asking again is answered
 *                         eagain  the same with EAGAIN
 *                         hang    it never comes
 * FAKE_CAMERA_FAULT_AT  the picture it begins with, counted from 0; 3 if unset
 * FAKE_CAMERA_FAULTS    how many times in a row it happens; 1 if unset
 *
 * Buffers are longer than any picture and filled with 0xA5 behind it, as buffers of real drivers hold
 * rubbish behind a JPEG.
 *
 * Needs Linux on x86-64 and a program that lists devices with opendir and readdir64, opens them with
 * open or open64, and sends ioctls through syscall(2), as the v4l crate does.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NAME "Pretend camera"
#define BUFFERS 4
#define FILES 1024
#define PAGE 4096u

static struct {
    int fd; /* who has the stream; without one, the file that was opened last */
    unsigned width, height, rate;
    unsigned queue[BUFFERS], queued;
    unsigned sent, allocated;
    int64_t due_us;
} camera = {.fd = -1};
static int64_t unplugged_at_us = -1;
static unsigned faults;
static DIR *dev_listing;
static unsigned dev_listed;
static char opened[FILES]; /* what the node behind each file is, 0 for none */

/* ---- settings ---- */

static const char *setting(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

static int mode_is(const char *mode) { return strcmp(setting("FAKE_CAMERA", "none"), mode) == 0; }

static int fault_is(const char *fault) { return strcmp(setting("FAKE_CAMERA_FAULT", "none"), fault) == 0; }

/* Whether the fault happens to the picture that is asked for now. */
static int faulty(void) {
    unsigned first = (unsigned)atoi(setting("FAKE_CAMERA_FAULT_AT", "3"));
    unsigned times = (unsigned)atoi(setting("FAKE_CAMERA_FAULTS", "1"));
    if (fault_is("none") || camera.sent < first || faults >= times) return 0;
    faults++;
    return 1;
}

/* What /dev/videoN is; 0 for nothing. */
static char node(unsigned number) {
    const char *nodes = setting("FAKE_CAMERA_NODES", "c");
    return number < strlen(nodes) ? nodes[number] : 0;
}

static uint32_t fourcc(void) {
    const char *name = setting("FAKE_CAMERA_FORMAT", "YUYV");
    return strlen(name) == 4 ? v4l2_fourcc(name[0], name[1], name[2], name[3]) : V4L2_PIX_FMT_YUYV;
}

static int size_at(unsigned index, unsigned *width, unsigned *height) {
    static const unsigned sizes[][2] = {{1280, 720}, {640, 480}, {320, 240}};
    const char *only = setting("FAKE_CAMERA_SIZE", NULL);
    if (only) return index == 0 && sscanf(only, "%ux%u", width, height) == 2;
    if (index >= 3) return 0;
    *width = sizes[index][0];
    *height = sizes[index][1];
    return 1;
}

static unsigned rate_at(unsigned index) {
    const char *only = setting("FAKE_CAMERA_FPS", NULL);
    return index == 0 ? (only ? (unsigned)atoi(only) : 30) : index == 1 && !only ? 15 : 0;
}

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int plugged_in(void) {
    if (mode_is("none")) return 0;
    if (unplugged_at_us < 0) return 1;
    const char *away = setting("FAKE_CAMERA_AWAY_MS", NULL);
    if (!away || now_us() < unplugged_at_us + 1000 * atoll(away)) return 0;
    unplugged_at_us = -1;
    return 1;
}

/* ---- pictures ---- */

/* Frame n of the gradient. Luma climbs from left to right and moves on by 4 with each frame, U climbs
 * from top to bottom, V falls:
 *     Y = 16 + (219 x / (width - 1) + 4 n) mod 220,  U = 16 + 224 y / (height - 1),  V = 256 - U
 * Both pixels of a pair carry the chroma of their row. */
static size_t paint(uint8_t *pixels, unsigned n) {
    unsigned width = camera.width, height = camera.height;
    for (unsigned y = 0; y < height; y++) {
        unsigned u = 16 + 224 * y / (height - 1);
        for (unsigned x = 0; x < width; x++) {
            *pixels++ = 16 + (219 * x / (width - 1) + 4 * n) % 220;
            *pixels++ = x % 2 ? 256 - u : u;
        }
    }
    return (size_t)width * height * 2;
}

static size_t buffer_length(void) { return (camera.width * camera.height * 3 / PAGE + 2) * PAGE; }

static size_t fill(uint8_t *buffer, unsigned n) {
    const char *path = setting("FAKE_CAMERA_FILE", NULL);
    memset(buffer, 0xA5, buffer_length());
    if (!path) return fourcc() == V4L2_PIX_FMT_YUYV ? paint(buffer, n) : 0;
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    size_t length = fread(buffer, 1, buffer_length(), file);
    fclose(file);
    return length;
}

static void spoil(struct v4l2_buffer *buffer, uint8_t *memory) {
    size_t left = fault_is("empty") ? 0 : buffer->bytesused / 2;
    memset(memory + left, 0xA5, buffer->bytesused - left);
    if (fault_is("error")) buffer->flags |= V4L2_BUF_FLAG_ERROR;
    else buffer->bytesused = left;
}

/* ---- ioctls ---- */

static int fail(int error) {
    errno = error;
    return -1;
}

static void wait_for_next(void) {
    int64_t now = now_us(), period = 1000000 / (camera.rate ? camera.rate : 30);
    camera.due_us += period;
    if (camera.due_us < now) camera.due_us = now + period;
    usleep(camera.due_us - now);
}

static int dequeue(struct v4l2_buffer *buffer) {
    unsigned last = (unsigned)atoi(setting("FAKE_CAMERA_UNPLUG", "0"));
    while (mode_is("silent")) pause();
    wait_for_next();
    if (last && camera.sent >= last) {
        unplugged_at_us = now_us();
        memset(opened, 0, sizeof opened);
        camera.fd = -1;
        camera.allocated = 0;
        return fail(ENODEV);
    }
    if (!camera.queued) return fail(EINVAL);
    int fault = faulty();
    while (fault && fault_is("hang")) pause();
    if (fault && fault_is("eio")) return fail(EIO);
    if (fault && fault_is("eagain")) return fail(EAGAIN);
    unsigned index = camera.queue[0];
    camera.queued--;
    memmove(camera.queue, camera.queue + 1, camera.queued * sizeof camera.queue[0]);
    size_t length = buffer_length();
    uint8_t *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, camera.fd, index * length);
    if (memory == MAP_FAILED) return fail(ENOMEM);
    buffer->bytesused = fill(memory, camera.sent);
    if (fault) spoil(buffer, memory);
    munmap(memory, length);
    buffer->timestamp.tv_sec = now_us() / 1000000;
    buffer->timestamp.tv_usec = now_us() % 1000000;
    buffer->sequence = camera.sent++;
    buffer->length = length;
    buffer->index = mode_is("rogue") ? 99 : index;
    return 0;
}

static void describe_format(struct v4l2_pix_format *format) {
    format->width = camera.width;
    format->height = camera.height;
    format->pixelformat = fourcc();
    format->bytesperline = (unsigned)atoi(setting("FAKE_CAMERA_STRIDE", "0"));
    format->sizeimage = buffer_length();
}

static void choose_size(struct v4l2_pix_format *format) {
    unsigned width, height;
    for (unsigned i = 0; size_at(i, &width, &height); i++)
        if (width == format->width && height == format->height) {
            camera.width = width;
            camera.height = height;
        }
    describe_format(format);
}

static void describe_rate(struct v4l2_captureparm *parameters) {
    parameters->capability = V4L2_CAP_TIMEPERFRAME;
    parameters->timeperframe = (struct v4l2_fract){1, camera.rate};
}

static void choose_rate(struct v4l2_captureparm *parameters) {
    struct v4l2_fract wanted = parameters->timeperframe;
    for (unsigned i = 0; rate_at(i); i++)
        if (wanted.numerator && rate_at(i) == wanted.denominator / wanted.numerator) camera.rate = rate_at(i);
    describe_rate(parameters);
}

static uint32_t abilities(char kind) {
    switch (kind) {
    case 'm': return V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING;
    case 'o': return V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING;
    case 'x': return V4L2_CAP_VIDEO_M2M_MPLANE | V4L2_CAP_STREAMING;
    default: return V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    }
}

static int answer(int fd, unsigned long request, void *argument) {
    char kind = opened[fd];
    int busy = mode_is("busy") || camera.allocated;
    if (request != VIDIOC_QUERYCAP && kind != 'c' && kind != 'n') return fail(ENOTTY);
    switch (request) {
    case VIDIOC_QUERYCAP: {
        struct v4l2_capability *capability = argument;
        memset(capability, 0, sizeof *capability);
        strcpy((char *)capability->driver, "pretend");
        strcpy((char *)capability->card, NAME);
        /* The whole device can do more than this node of it. */
        capability->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING;
        if (kind == 'n') return 0;
        capability->capabilities |= V4L2_CAP_DEVICE_CAPS;
        capability->device_caps = abilities(kind);
        return 0;
    }
    case VIDIOC_ENUM_FMT: {
        struct v4l2_fmtdesc *format = argument;
        if (format->index) return fail(EINVAL);
        format->pixelformat = fourcc();
        return 0;
    }
    case VIDIOC_ENUM_FRAMESIZES: {
        struct v4l2_frmsizeenum *size = argument;
        if (getenv("FAKE_CAMERA_RANGE")) {
            size->type = V4L2_FRMSIZE_TYPE_STEPWISE;
            size->stepwise = (struct v4l2_frmsize_stepwise){64, 1280, 16, 48, 720, 16};
            return size->index ? fail(EINVAL) : 0;
        }
        size->type = V4L2_FRMSIZE_TYPE_DISCRETE;
        return size_at(size->index, &size->discrete.width, &size->discrete.height) ? 0 : fail(EINVAL);
    }
    case VIDIOC_ENUM_FRAMEINTERVALS: {
        struct v4l2_frmivalenum *interval = argument;
        if (getenv("FAKE_CAMERA_RANGE")) {
            interval->type = V4L2_FRMIVAL_TYPE_CONTINUOUS;
            interval->stepwise = (struct v4l2_frmival_stepwise){{1001, 30000}, {1, 5}, {1, 1}};
            return interval->index ? fail(EINVAL) : 0;
        }
        interval->type = V4L2_FRMIVAL_TYPE_DISCRETE;
        interval->discrete = (struct v4l2_fract){1, rate_at(interval->index)};
        return interval->discrete.denominator ? 0 : fail(EINVAL);
    }
    case VIDIOC_S_FMT:
        if (busy) return fail(EBUSY);
        choose_size(&((struct v4l2_format *)argument)->fmt.pix);
        return 0;
    case VIDIOC_G_FMT:
        describe_format(&((struct v4l2_format *)argument)->fmt.pix);
        return 0;
    case VIDIOC_S_PARM:
        if (busy) return fail(EBUSY);
        choose_rate(&((struct v4l2_streamparm *)argument)->parm.capture);
        return 0;
    case VIDIOC_G_PARM:
        describe_rate(&((struct v4l2_streamparm *)argument)->parm.capture);
        return 0;
    case VIDIOC_REQBUFS: {
        struct v4l2_requestbuffers *wanted = argument;
        if (busy && wanted->count) return fail(EBUSY);
        if (wanted->count > BUFFERS) wanted->count = BUFFERS;
        camera.fd = fd;
        camera.allocated = wanted->count;
        camera.queued = 0;
        return ftruncate(camera.fd, BUFFERS * buffer_length());
    }
    case VIDIOC_QUERYBUF: {
        struct v4l2_buffer *buffer = argument;
        buffer->length = buffer_length();
        buffer->m.offset = buffer->index * buffer->length;
        return 0;
    }
    case VIDIOC_QBUF: {
        struct v4l2_buffer *buffer = argument;
        if (camera.queued == BUFFERS || buffer->index >= BUFFERS) return fail(EINVAL);
        camera.queue[camera.queued++] = buffer->index;
        return 0;
    }
    case VIDIOC_DQBUF:
        return dequeue(argument);
    case VIDIOC_STREAMON: case VIDIOC_STREAMOFF:
        return 0;
    default:
        return fail(ENOTTY);
    }
}

long syscall(long number, ...) {
    static long (*real)(long, ...);
    if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    va_list list;
    long a[6];
    va_start(list, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
    va_end(list);
    if (number != SYS_ioctl || ((a[1] >> 8) & 0xff) != 'V') return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    int known = a[0] >= 0 && a[0] < FILES && opened[a[0]];
    return known ? answer((int)a[0], (unsigned long)a[1], (void *)a[2]) : fail(ENODEV);
}

/* ---- files ---- */

/* A program that opens the device while nobody has its stream finds it as it is when plugged in. */
static int open_device(char kind) {
    if (!kind || !plugged_in()) return fail(ENOENT);
    if (mode_is("denied")) return fail(EACCES);
    int fd = memfd_create("camera", MFD_CLOEXEC);
    if (fd < 0 || fd >= FILES) return fail(ENOMEM);
    opened[fd] = kind;
    if (camera.allocated) return fd;
    memset(&camera, 0, sizeof camera);
    camera.fd = fd;
    camera.rate = rate_at(0);
    size_at(0, &camera.width, &camera.height);
    return fd;
}

static int open_name(void) {
    if (!plugged_in()) return fail(ENOENT);
    int fd = memfd_create("name", MFD_CLOEXEC);
    if (fd < 0 || write(fd, NAME "\n", sizeof NAME) < 0) return fail(ENOMEM);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static int open_any(const char *symbol, const char *path, int flags, mode_t mode) {
    unsigned number;
    if (sscanf(path, "/dev/video%u", &number) == 1) return open_device(node(number));
    if (sscanf(path, "/sys/class/video4linux/video%u/name", &number) == 1 && node(number)) return open_name();
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, symbol);
    return real(path, flags, mode);
}

#define OPEN(symbol)                                                              \
    int symbol(const char *path, int flags, ...) {                                \
        va_list list;                                                             \
        va_start(list, flags);                                                    \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0; \
        va_end(list);                                                             \
        return open_any(#symbol, path, flags, mode);                              \
    }
OPEN(open)
OPEN(open64)

DIR *opendir(const char *path) {
    DIR *(*real)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");
    DIR *listing = real(path);
    if (listing && strcmp(path, "/dev") == 0) {
        dev_listing = listing;
        dev_listed = plugged_in() ? 0 : FILES;
    }
    return listing;
}

struct dirent64 *readdir64(DIR *listing) {
    static struct dirent64 device = {.d_ino = 1, .d_type = DT_CHR, .d_reclen = sizeof device};
    struct dirent64 *(*real)(DIR *) = (struct dirent64 * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir64");
    struct dirent64 *entry = real(listing);
    if (listing != dev_listing) return entry;
    while (entry && strncmp(entry->d_name, "video", 5) == 0) entry = real(listing);
    if (entry || !node(dev_listed)) return entry;
    snprintf(device.d_name, sizeof device.d_name, "video%u", dev_listed++);
    return &device;
}
