#pragma once
// H.264 encoding, publishing and muxing on libavcodec and libavformat, behind opaque handles.
//
// Status is 0 or negative; `cmed_explain` words it. No call prints, none keeps a pointer it was not given ownership of, and none but
// `cmed_publisher_cancel` may run on a handle while another thread is inside a call on it.
#include <stddef.h>
#include <stdint.h>

/// Ticks a second of every timestamp here.
enum { CMED_CLOCK = 90000 };

typedef enum { CMED_NV12, CMED_YUV420P } cmed_format;

// MARK: Packets

/// An access unit, reference counted: a second owner costs no copy of its bytes.
typedef struct cmed_packet cmed_packet;

typedef struct {
    const uint8_t *data;
    size_t size;
    int64_t pts;
    int is_key;
} cmed_view;

/// What is in a packet; valid as long as the packet is. Any thread.
cmed_view cmed_packet_view(const cmed_packet *packet);

/// Ends it. Any thread.
void cmed_packet_destroy(cmed_packet *packet);

// MARK: Encoder

typedef struct cmed_encoder cmed_encoder;

typedef struct {
    /// `libx264` or `h264_v4l2m2m`.
    const char *codec;
    int width;
    int height;
    cmed_format format;
    /// Frames in `rate_seconds` seconds: a first guess, the timestamps count.
    int rate_frames;
    int rate_seconds;
    /// Bits a second.
    int64_t bitrate;
    /// Frames after which the encoder sets a key frame by itself.
    int gop;
    int threads;
} cmed_encoder_settings;

/// A picture in memory that stays as it is until it is released.
typedef struct {
    uint8_t *planes[3];
    int strides[3];
    /// Bytes in the first plane.
    size_t size;
} cmed_picture;

/// Gives a picture's memory back; `owner` is what was sent with it.
typedef void (*cmed_release)(void *owner, uint8_t *data);

/// Opens an encoder: no B-frames, SPS and PPS in the header, BT.709 limited range. -ENOENT when libavcodec has no
/// such codec, -ENODEV when it has no device for it.
int cmed_encoder_create(const cmed_encoder_settings *settings, cmed_encoder **encoder);

/// Releases every picture it still holds, then ends it.
void cmed_encoder_destroy(cmed_encoder *encoder);

/// Changes the bitrate from the next picture on. -ENOTSUP where the codec has to be opened anew for that.
int cmed_encoder_set_bitrate(cmed_encoder *encoder, int64_t bitrate);

/// Takes a picture without copying it. `release(owner, ...)` is called exactly once, on failure too; with libx264 at the latest when
/// `cmed_encoder_receive` has returned -EAGAIN. `pts` must grow. -EAGAIN: receive first.
int cmed_encoder_send(
    cmed_encoder *encoder, const cmed_picture *picture, int64_t pts, int force_key, cmed_release release, void *owner);

/// Gives the next packet to the caller, who destroys it. -EAGAIN when there is none yet.
int cmed_encoder_receive(cmed_encoder *encoder, cmed_packet **packet);

/// Borrows SPS and PPS as Annex B until the encoder ends. -ENODATA while the codec has not told them.
int cmed_encoder_header(const cmed_encoder *encoder, const uint8_t **data, size_t *size);

/// What a player has to know before the first packet.
typedef struct {
    int width;
    int height;
    /// SPS and PPS as Annex B.
    const uint8_t *header;
    size_t header_size;
} cmed_stream;

// MARK: Publisher

typedef struct cmed_publisher cmed_publisher;

/// What the kernel says about a publisher's TCP connection.
typedef struct {
    /// 0 once the peer has closed it.
    int is_open;
    /// Bytes given to the socket that the peer's kernel has not acknowledged.
    uint64_t unsent;
    uint64_t acknowledged;
    uint64_t received;
} cmed_socket;

typedef enum {
    /// No connection, or a broken one: it may be back in a moment.
    CMED_UNREACHABLE,
    /// Nothing happened within the time given.
    CMED_TIMED_OUT,
    /// The peer, or libavformat, said no: asking again soon is pointless.
    CMED_REFUSED,
    CMED_CANCELLED,
} cmed_cause;

/// Prepares publishing one H.264 stream; no input or output yet. The muxer follows from the URL's scheme (RTSP over TCP, RTMP, SRT),
/// else from the file name. Fails when neither tells one.
int cmed_publisher_create(const char *url, const cmed_stream *stream, cmed_publisher **publisher);

/// Connects and announces within `timeout_ms` (looking up a host name cannot be interrupted and is not counted). Once only.
int cmed_publisher_connect(cmed_publisher *publisher, int timeout_ms);

/// Writes a packet within `timeout_ms`; the packet stays the caller's. After a failure the connection is of no more use.
int cmed_publisher_write(cmed_publisher *publisher, const cmed_packet *packet, int timeout_ms);

/// Reads the state of the connection. -ENOTSUP where there is no TCP connection or it cannot be told apart from others. Never blocks.
int cmed_publisher_socket(const cmed_publisher *publisher, cmed_socket *state);

/// Asks an RTSP server for a sign of life; the answer shows in `cmed_socket.received`. -ENOTSUP where that is impossible, -EAGAIN when
/// there is no room now. Never blocks.
int cmed_publisher_ping(cmed_publisher *publisher);

/// Makes a call in progress, and all later ones, return -ECANCELED within 100 ms. Any thread.
void cmed_publisher_cancel(cmed_publisher *publisher);

/// Says goodbye if that takes no longer than `timeout_ms`, then ends it.
void cmed_publisher_destroy(cmed_publisher *publisher, int timeout_ms);

// MARK: Muxer

/// Makes a fragmented MP4 in memory: an init segment, then a fragment for each packet.
typedef struct cmed_muxer cmed_muxer;

/// Bytes a muxer made; borrowed until the next call on it.
typedef struct {
    const uint8_t *data;
    size_t size;
} cmed_bytes;

/// Creates a muxer and makes the init segment, `ftyp` and `moov`. Never blocks.
int cmed_muxer_create(const cmed_stream *stream, cmed_muxer **muxer, cmed_bytes *bytes);

/// Makes the fragment of one packet, which lasts `duration` ticks: a first guess, the next one's time counts. Times are those of the
/// packets, so that what several muxers made one after the other is one timeline. `pts` must grow. Never blocks.
int cmed_muxer_write(cmed_muxer *muxer, const cmed_packet *packet, int64_t duration, cmed_bytes *bytes);

/// Ends it; nothing more is written.
void cmed_muxer_destroy(cmed_muxer *muxer);

// MARK: Words

/// Writes a sentence about a status that any call above returned; it never holds a URL.
void cmed_explain(int status, char *text, size_t size);

/// Says what a publisher's failure means for the next attempt.
cmed_cause cmed_cause_of(int status);
