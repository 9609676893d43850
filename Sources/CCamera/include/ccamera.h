#pragma once

/// libcamera behind a C ABI: cameras, their controls by name, buffers and requests.
///
/// Functions that return `int` return 0 or a negative errno. Nothing throws, nothing calls back: who wants frames waits for them.
/// A camera may be used by several threads where a function says so; all else by one thread at a time. Pointers that a function
/// returns belong to the object they came from and are valid as long as the function says.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ccam_manager ccam_manager;
typedef struct ccam_camera ccam_camera;
typedef struct ccam_buffers ccam_buffers;

// MARK: Values

/// What a value is made of.
typedef enum ccam_type {
    CCAM_NONE,
    CCAM_BOOL,
    CCAM_BYTE,
    CCAM_UNSIGNED16,
    CCAM_UNSIGNED32,
    CCAM_INTEGER32,
    CCAM_INTEGER64,
    CCAM_FLOAT,
    CCAM_STRING,
    /// Four numbers: x, y, width, height.
    CCAM_RECTANGLE,
    /// Two numbers: width, height.
    CCAM_SIZE,
    /// Two numbers: x, y.
    CCAM_POINT,
} ccam_type;

/// `real` for `CCAM_FLOAT`, `whole` for everything else.
typedef union ccam_number {
    int64_t whole;
    double real;
} ccam_number;

/// A value of a control or property.
typedef struct ccam_value {
    ccam_type type;
    /// Whether it is a list; a list may hold one element.
    bool is_array;
    /// Numbers, not elements: a list of two rectangles has eight.
    size_t count;
    const ccam_number *numbers;
    /// Of `CCAM_STRING`, else NULL.
    const char *text;
} ccam_value;

/// A value with the control or property it belongs to.
typedef struct ccam_field {
    uint32_t id;
    ccam_value value;
} ccam_field;

/// A name for a number of an enumerated control.
typedef struct ccam_enumerator {
    int64_t number;
    const char *name;
} ccam_enumerator;

/// A control that the library knows.
typedef struct ccam_control {
    uint32_t id;
    /// Without a namespace, such as `AeFlickerPeriod`.
    const char *name;
    /// `core`, `draft`, `rpi` or another vendor.
    const char *vendor;
    ccam_type type;
    bool is_array;
    /// Elements of a list; 0 where any number will do.
    size_t elements;
    /// Names of its numbers; none for a control that is not enumerated.
    const ccam_enumerator *enumerators;
    size_t enumerator_count;
    /// Whether the camera reports it; the rest is empty when it does not.
    bool is_reported;
    ccam_value minimum;
    ccam_value maximum;
    ccam_value standard;
    /// The numbers an enumerated control takes on this camera; none where it does not say.
    const ccam_number *allowed;
    size_t allowed_count;
} ccam_control;

// MARK: Manager

/// The version of the library that runs, such as `v0.7.2`.
const char *ccam_version(void);

/// Finds the cameras of this machine. There can be only one manager at a time in a process.
int ccam_manager_start(ccam_manager **manager);

/// Frees it; every camera must have been closed. NULL is fine.
void ccam_manager_stop(ccam_manager *manager);

/// A camera of this machine.
typedef struct ccam_listing {
    const char *id;
    const char *model;
    /// `CameraLocationFront` 0, `Back` 1, `External` 2; -1 when it is not known.
    int location;
    /// How it is mounted, in degrees.
    int rotation;
} ccam_listing;

/// The cameras there are now; valid until the next call.
const ccam_listing *ccam_manager_list(ccam_manager *manager, size_t *count);

/// Every control that the library knows, whether or not a camera reports it; valid for good.
const ccam_control *ccam_known_controls(size_t *count);

// MARK: A camera

/// Takes a camera for this process. -ENODEV without such a camera, -EBUSY when another process has it.
int ccam_camera_open(ccam_manager *manager, const char *id, ccam_camera **camera);

/// Stops, gives back and frees a camera; NULL is fine. Its buffers stay until they are freed.
void ccam_camera_close(ccam_camera *camera);

/// Every control that the library knows or the camera reports; valid until it is configured or closed.
const ccam_control *ccam_camera_controls(ccam_camera *camera, size_t *count);

/// What the camera says of itself by a property's name, `NULL` where it says nothing; valid until the next call.
const ccam_value *ccam_camera_property(ccam_camera *camera, const char *name);

/// Room for a pixel format's name.
#define CCAM_FORMAT_SIZE 24

/// A pixel format with the sizes it comes in.
typedef struct ccam_format {
    /// libcamera's name, such as `NV12`, `MJPEG`, `SRGGB10_CSI2P`.
    char name[CCAM_FORMAT_SIZE];
    int least_width, least_height;
    int most_width, most_height;
    /// Each size as width and height; none where only the range is known.
    const int *sizes;
    size_t size_count;
} ccam_format;

/// What a stream is for.
typedef enum ccam_role { CCAM_VIDEO, CCAM_RAW } ccam_role;

/// The formats for a role, the library's favourite first; none where the camera has no such stream. Valid until the next call.
const ccam_format *ccam_camera_formats(ccam_camera *camera, ccam_role role, size_t *count);

/// How a camera shall run.
typedef struct ccam_wish {
    int width, height;
    /// A format's name.
    const char *format;
    /// Buffers of each stream; the camera may need more.
    int buffers;
    /// A second, smaller stream for analysis; 0 for none.
    int low_width, low_height;
    /// The sensor mode by its output size and bits; 0 leaves the choice to the library.
    int mode_width, mode_height, mode_bits;
    /// Upright picture turned about these axes.
    bool hflip, vflip;
} ccam_wish;

/// A stream as it will run.
typedef struct ccam_stream {
    int width, height;
    /// Bytes from one row of the first plane to the next.
    int stride;
    char format[CCAM_FORMAT_SIZE];
    int buffers;
} ccam_stream;

/// What became of a wish.
typedef struct ccam_grant {
    ccam_stream video;
    /// A width of 0 where there is none.
    ccam_stream low;
    bool hflip, vflip;
} ccam_grant;

/// Says what a configuration would become, without configuring.
int ccam_camera_try(ccam_camera *camera, const ccam_wish *wish, ccam_grant *grant);

/// Configures a stopped camera and forgets its buffers; the controls' limits may change.
int ccam_camera_configure(ccam_camera *camera, const ccam_wish *wish, ccam_grant *grant);

// MARK: Buffers

/// Where buffers come from.
typedef enum ccam_memory {
    /// The camera's own driver.
    CCAM_MEMORY_CAMERA,
    /// `/dev/dma_heap`: cached memory that the device can reach, where there is one.
    CCAM_MEMORY_DMA_HEAP,
    /// Ordinary memory, for pipelines without a device behind them.
    CCAM_MEMORY_ANONYMOUS,
} ccam_memory;

/// Makes and maps the buffers of a configured camera. They outlive the configuration and the camera, so that a frame may be kept.
int ccam_buffers_create(ccam_camera *camera, ccam_memory memory, ccam_buffers **buffers);

/// Unmaps and frees; NULL is fine. Any thread.
void ccam_buffers_free(ccam_buffers *buffers);

/// How many slots there are: a slot is one buffer of each stream.
size_t ccam_buffers_count(const ccam_buffers *buffers);

/// A mapped plane.
typedef struct ccam_plane {
    uint8_t *base;
    size_t length;
} ccam_plane;

/// The planes of a slot's buffer, of the video stream or of the low one; valid as long as the buffers are.
const ccam_plane *ccam_buffers_planes(const ccam_buffers *buffers, size_t slot, bool low, size_t *count);

// MARK: Running

/// Starts a configured camera with some control values. No request is queued yet.
int ccam_camera_start(ccam_camera *camera, ccam_buffers *buffers, const ccam_field *controls, size_t count);

/// Stops; every queued request is over once it returns. Stopping twice does nothing.
void ccam_camera_stop(ccam_camera *camera);

/// Queues a slot that is not queued, with some control values. Any thread while it runs.
int ccam_camera_queue(ccam_camera *camera, size_t slot, const ccam_field *controls, size_t count);

/// What a wait ended with.
typedef enum ccam_event_kind {
    /// The time is over, or somebody woke the waiter.
    CCAM_EVENT_NONE,
    /// A frame is complete; its slot is not queued any more.
    CCAM_EVENT_FRAME,
    /// A request failed; its slot is not queued any more and has no picture.
    CCAM_EVENT_FAILED,
    /// The camera was unplugged.
    CCAM_EVENT_GONE,
} ccam_event_kind;

/// What happened.
typedef struct ccam_event {
    ccam_event_kind kind;
    size_t slot;
    /// The driver's frame number, from 0 at each start; gaps are frames that were lost.
    uint32_t sequence;
    /// The driver's time in ns; mostly of the monotonic clock.
    uint64_t timestamp;
    /// Bytes in the first plane.
    size_t bytes;
    /// What the camera says about the frame; valid until the slot is queued again.
    const ccam_field *fields;
    size_t field_count;
} ccam_event;

/// Waits for the next event, at most so many seconds. One thread.
void ccam_camera_wait(ccam_camera *camera, double seconds, ccam_event *event);

/// Ends a wait early, or spares the next one. Any thread.
void ccam_camera_wake(ccam_camera *camera);

#ifdef __cplusplus
}
#endif
