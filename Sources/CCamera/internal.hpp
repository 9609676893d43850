#pragma once

#include "ccamera.h"
#include "controls.hpp"
#include "values.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <libcamera/camera.h>
#include <libcamera/camera_manager.h>
#include <libcamera/framebuffer.h>
#include <libcamera/framebuffer_allocator.h>
#include <libcamera/request.h>
#include <libcamera/stream.h>

struct ccam_manager {
    libcamera::CameraManager library;
    std::vector<ccam_listing> listings;
    std::deque<std::string> texts;
};

/// A mapping that ends with its last owner.
struct Mapping {
    void *base;
    size_t length;
    /// The dma-buf, for cache maintenance; owned.
    int descriptor;
    ~Mapping();
};

/// The buffers of one stream.
struct StreamBuffers {
    libcamera::Stream *stream = nullptr;
    std::vector<libcamera::FrameBuffer *> buffers;
    std::vector<std::vector<ccam_plane>> planes;
};

struct ccam_buffers {
    StreamBuffers video;
    StreamBuffers low;
    std::vector<std::unique_ptr<Mapping>> mappings;
    /// Which mappings each slot has.
    std::vector<std::vector<Mapping *>> of_slot;
    /// Our own frame buffers; libcamera's belong to the camera's allocator.
    std::vector<std::unique_ptr<libcamera::FrameBuffer>> own;

    /// Lets the CPU read what the device wrote into a slot, or ends that.
    void synchronise(size_t slot, bool begin) const;
};

/// A request with what became of it.
struct Slot {
    std::unique_ptr<libcamera::Request> request;
    bool is_queued = false;
    ccam::Arena arena;
    std::vector<ccam_field> fields;
};

struct ccam_camera {
    explicit ccam_camera(std::shared_ptr<libcamera::Camera> camera);
    ~ccam_camera();

    std::shared_ptr<libcamera::Camera> camera;
    std::unique_ptr<libcamera::CameraConfiguration> configuration;
    std::unique_ptr<libcamera::FrameBufferAllocator> allocator;
    bool has_low = false;

    std::unique_ptr<ccam::ControlTable> controls;
    ccam::Arena property_arena;
    ccam_value property = {};
    std::vector<ccam_format> formats;
    std::deque<std::vector<int>> sizes;

    // While it runs.
    ccam_buffers *buffers = nullptr;
    std::vector<Slot> slots;
    bool is_running = false;
    std::mutex queueing;

    // What libcamera's thread tells the waiting one.
    std::mutex mutex;
    std::condition_variable condition;
    std::deque<size_t> completed;
    bool is_gone = false;
    bool is_woken = false;

    void request_completed(libcamera::Request *request);
    void disconnected();
};
