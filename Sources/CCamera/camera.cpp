#include "internal.hpp"

#include <cerrno>
#include <cstdio>

#include <libcamera/control_ids.h>
#include <libcamera/formats.h>
#include <libcamera/property_ids.h>
#include <libcamera/transform.h>

using namespace libcamera;

ccam_camera::ccam_camera(std::shared_ptr<Camera> camera) : camera(std::move(camera)) {}

ccam_camera::~ccam_camera() {
    ccam_camera_stop(this);
    camera->requestCompleted.disconnect(this);
    camera->disconnected.disconnect(this);
    allocator.reset();
    camera->release();
}

int ccam_camera_open(ccam_manager *manager, const char *id, ccam_camera **camera) {
    *camera = nullptr;
    const auto found = manager->library.get(std::string(id));
    if (!found)
        return -ENODEV;
    const int status = found->acquire();
    if (status < 0)
        return status;
    auto opened = std::make_unique<ccam_camera>(found);
    found->requestCompleted.connect(opened.get(), &ccam_camera::request_completed);
    found->disconnected.connect(opened.get(), &ccam_camera::disconnected);
    *camera = opened.release();
    return 0;
}

void ccam_camera_close(ccam_camera *camera) {
    delete camera;
}

const ccam_control *ccam_camera_controls(ccam_camera *camera, size_t *count) {
    if (!camera->controls)
        camera->controls = std::make_unique<ccam::ControlTable>(&camera->camera->controls());
    *count = camera->controls->size();
    return camera->controls->data();
}

const ccam_value *ccam_camera_property(ccam_camera *camera, const char *name) {
    for (const auto &[id, value] : camera->camera->properties()) {
        const auto known = properties::properties.find(id);
        if (known == properties::properties.end() || known->second->name() != name)
            continue;
        camera->property_arena.clear();
        camera->property_arena.reserve(ccam::Arena::numbers(value), 1);
        camera->property = camera->property_arena.keep(value);
        return &camera->property;
    }
    return nullptr;
}

// MARK: Formats

namespace {

void copy_name(const PixelFormat &format, char (&name)[CCAM_FORMAT_SIZE]) {
    std::snprintf(name, sizeof name, "%s", format.toString().c_str());
}

ccam_format describe(const PixelFormat &format, const StreamFormats &formats, std::vector<int> &sizes) {
    const SizeRange range = formats.range(format);
    ccam_format described = {};
    copy_name(format, described.name);
    described.least_width = static_cast<int>(range.min.width);
    described.least_height = static_cast<int>(range.min.height);
    described.most_width = static_cast<int>(range.max.width);
    described.most_height = static_cast<int>(range.max.height);
    for (const Size &size : formats.sizes(format)) {
        sizes.push_back(static_cast<int>(size.width));
        sizes.push_back(static_cast<int>(size.height));
    }
    described.sizes = sizes.data();
    described.size_count = sizes.size() / 2;
    return described;
}

} // namespace

const ccam_format *ccam_camera_formats(ccam_camera *camera, ccam_role role, size_t *count) {
    camera->formats.clear();
    camera->sizes.clear();
    *count = 0;
    const std::vector<StreamRole> roles = { role == CCAM_RAW ? StreamRole::Raw : StreamRole::VideoRecording };
    const auto configuration = camera->camera->generateConfiguration(roles);
    if (!configuration || configuration->empty())
        return nullptr;
    const StreamFormats &formats = configuration->at(0).formats();
    for (const PixelFormat &format : formats.pixelformats())
        camera->formats.push_back(describe(format, formats, camera->sizes.emplace_back()));
    *count = camera->formats.size();
    return camera->formats.data();
}

// MARK: Configuration

// Orientation and sensor modes are asked for differently from 0.2 on; the overload with an int is taken where the member exists.
namespace {

template <typename Configuration>
auto set_turn(Configuration &configuration, Transform turn, int) -> decltype(configuration.orientation, void()) {
    configuration.orientation = configuration.orientation * turn;
}

template <typename Configuration>
auto set_turn(Configuration &configuration, Transform turn, long) -> decltype(configuration.transform, void()) {
    configuration.transform = turn;
}

template <typename Configuration>
auto turn_of(const Configuration &configuration, int) -> decltype(configuration.orientation, Transform()) {
    return configuration.orientation / decltype(configuration.orientation)::Rotate0;
}

template <typename Configuration>
auto turn_of(const Configuration &configuration, long) -> decltype(configuration.transform) {
    return configuration.transform;
}

/// Asks for a sensor mode; false where that takes a raw stream beside the picture.
template <typename Configuration>
auto set_mode(Configuration &configuration, const ccam_wish &wish, int) -> decltype(configuration.sensorConfig, bool()) {
    typename std::decay_t<decltype(*configuration.sensorConfig)> mode;
    mode.bitDepth = static_cast<unsigned>(wish.mode_bits);
    mode.outputSize = Size(static_cast<unsigned>(wish.mode_width), static_cast<unsigned>(wish.mode_height));
    configuration.sensorConfig = mode;
    return true;
}

template <typename Configuration>
bool set_mode(Configuration &, const ccam_wish &, long) {
    return false;
}

bool flips_across(Transform turn, Transform flip) {
    return !!(turn & flip);
}

void shape(StreamConfiguration &stream, const char *format, int width, int height, int buffers) {
    stream.pixelFormat = PixelFormat::fromString(format);
    stream.size = Size(static_cast<unsigned>(width), static_cast<unsigned>(height));
    stream.bufferCount = static_cast<unsigned>(buffers);
    stream.colorSpace = ColorSpace::Rec709;
}

void add_raw_mode(CameraConfiguration &configuration, Camera &camera, const ccam_wish &wish) {
    const std::vector<StreamRole> roles = { StreamRole::Raw };
    const auto raw = camera.generateConfiguration(roles);
    if (!raw || raw->empty())
        return;
    StreamConfiguration stream = raw->at(0);
    stream.size = Size(static_cast<unsigned>(wish.mode_width), static_cast<unsigned>(wish.mode_height));
    configuration.addConfiguration(stream);
}

/// The configuration for a wish; the stream for analysis comes second.
std::unique_ptr<CameraConfiguration> configuration_for(Camera &camera, const ccam_wish &wish) {
    std::vector<StreamRole> roles = { StreamRole::VideoRecording };
    if (wish.low_width > 0)
        roles.push_back(StreamRole::Viewfinder);
    auto configuration = camera.generateConfiguration(roles);
    if (!configuration || configuration->size() != roles.size())
        return nullptr;
    shape(configuration->at(0), wish.format, wish.width, wish.height, wish.buffers);
    if (wish.low_width > 0)
        shape(configuration->at(1), wish.format, wish.low_width, wish.low_height, wish.buffers);
    Transform turn = Transform::Identity;
    if (wish.hflip)
        turn ^= Transform::HFlip;
    if (wish.vflip)
        turn ^= Transform::VFlip;
    set_turn(*configuration, turn, 0);
    if (wish.mode_width > 0 && !set_mode(*configuration, wish, 0))
        add_raw_mode(*configuration, camera, wish);
    return configuration;
}

ccam_stream granted(const StreamConfiguration &stream) {
    ccam_stream granted = {};
    granted.width = static_cast<int>(stream.size.width);
    granted.height = static_cast<int>(stream.size.height);
    granted.stride = static_cast<int>(stream.stride);
    granted.buffers = static_cast<int>(stream.bufferCount);
    copy_name(stream.pixelFormat, granted.format);
    return granted;
}

ccam_grant granted(const CameraConfiguration &configuration, bool has_low) {
    const Transform turn = turn_of(configuration, 0);
    ccam_grant grant = {};
    grant.video = granted(configuration.at(0));
    if (has_low)
        grant.low = granted(configuration.at(1));
    grant.hflip = flips_across(turn, Transform::HFlip);
    grant.vflip = flips_across(turn, Transform::VFlip);
    return grant;
}

int validated(ccam_camera &camera, const ccam_wish &wish, std::unique_ptr<CameraConfiguration> &configuration) {
    configuration = configuration_for(*camera.camera, wish);
    if (!configuration && wish.low_width > 0) {
        // A camera with a single stream goes without the second.
        ccam_wish one = wish;
        one.low_width = 0;
        configuration = configuration_for(*camera.camera, one);
    }
    if (!configuration || configuration->validate() == CameraConfiguration::Invalid)
        return -EINVAL;
    return 0;
}

bool has_low(const CameraConfiguration &configuration, const ccam_wish &wish) {
    return wish.low_width > 0 && configuration.size() > 1;
}

} // namespace

int ccam_camera_try(ccam_camera *camera, const ccam_wish *wish, ccam_grant *grant) {
    std::unique_ptr<CameraConfiguration> configuration;
    const int status = validated(*camera, *wish, configuration);
    if (status == 0)
        *grant = granted(*configuration, has_low(*configuration, *wish));
    return status;
}

int ccam_camera_configure(ccam_camera *camera, const ccam_wish *wish, ccam_grant *grant) {
    if (camera->is_running)
        return -EBUSY;
    std::unique_ptr<CameraConfiguration> configuration;
    int status = validated(*camera, *wish, configuration);
    if (status < 0)
        return status;
    camera->allocator.reset();
    camera->controls.reset();
    status = camera->camera->configure(configuration.get());
    if (status < 0)
        return status;
    camera->configuration = std::move(configuration);
    camera->has_low = has_low(*camera->configuration, *wish);
    *grant = granted(*camera->configuration, camera->has_low);
    return 0;
}

// MARK: Running

void ccam_camera::request_completed(Request *request) {
    const std::lock_guard<std::mutex> lock(mutex);
    completed.push_back(static_cast<size_t>(request->cookie()));
    condition.notify_one();
}

void ccam_camera::disconnected() {
    const std::lock_guard<std::mutex> lock(mutex);
    is_gone = true;
    condition.notify_one();
}

namespace {

void fill(ControlList &list, const ccam_field *fields, size_t count) {
    for (size_t index = 0; index < count; index++) {
        const ControlValue value = ccam::control_value(fields[index].value);
        if (!value.isNone())
            list.set(fields[index].id, value);
    }
}

int make_slots(ccam_camera &camera, ccam_buffers &buffers) {
    camera.slots = std::vector<Slot>(ccam_buffers_count(&buffers));
    for (size_t index = 0; index < camera.slots.size(); index++) {
        auto request = camera.camera->createRequest(index);
        if (!request)
            return -ENOMEM;
        int status = request->addBuffer(buffers.video.stream, buffers.video.buffers[index]);
        if (status == 0 && buffers.low.stream)
            status = request->addBuffer(buffers.low.stream, buffers.low.buffers[index]);
        if (status < 0)
            return status;
        camera.slots[index].request = std::move(request);
    }
    return 0;
}

} // namespace

int ccam_camera_start(ccam_camera *camera, ccam_buffers *buffers, const ccam_field *controls, size_t count) {
    if (camera->is_running || !camera->configuration)
        return -EINVAL;
    camera->completed.clear();
    camera->is_woken = false;
    int status = make_slots(*camera, *buffers);
    if (status == 0) {
        ControlList list(camera->camera->controls());
        fill(list, controls, count);
        status = camera->camera->start(&list);
    }
    if (status < 0) {
        camera->slots.clear();
        return status;
    }
    const std::lock_guard<std::mutex> lock(camera->queueing);
    camera->buffers = buffers;
    camera->is_running = true;
    return 0;
}

void ccam_camera_stop(ccam_camera *camera) {
    {
        const std::lock_guard<std::mutex> lock(camera->queueing);
        if (!camera->is_running)
            return;
        camera->is_running = false;
    }
    camera->camera->stop();
    camera->slots.clear();
    camera->buffers = nullptr;
    const std::lock_guard<std::mutex> lock(camera->mutex);
    camera->completed.clear();
}

int ccam_camera_queue(ccam_camera *camera, size_t index, const ccam_field *controls, size_t count) {
    const std::lock_guard<std::mutex> lock(camera->queueing);
    if (!camera->is_running || index >= camera->slots.size() || camera->slots[index].is_queued)
        return -EINVAL;
    Slot &slot = camera->slots[index];
    if (slot.request->status() != Request::RequestPending)
        slot.request->reuse(Request::ReuseBuffers);
    fill(slot.request->controls(), controls, count);
    slot.is_queued = true;
    const int status = camera->camera->queueRequest(slot.request.get());
    if (status < 0)
        slot.is_queued = false;
    return status;
}

namespace {

void describe_frame(ccam_camera &camera, size_t index, ccam_event &event) {
    const std::lock_guard<std::mutex> lock(camera.queueing);
    if (!camera.is_running || index >= camera.slots.size())
        return;
    Slot &slot = camera.slots[index];
    slot.is_queued = false;
    const FrameBuffer *buffer = slot.request->findBuffer(camera.buffers->video.stream);
    const auto &metadata = buffer->metadata();
    const bool is_whole = slot.request->status() == Request::RequestComplete && metadata.status == FrameMetadata::FrameSuccess;
    event.kind = is_whole ? CCAM_EVENT_FRAME : CCAM_EVENT_FAILED;
    event.slot = index;
    event.sequence = metadata.sequence;
    event.timestamp = metadata.timestamp;
    const auto &planes = metadata.planes();
    event.bytes = planes.size() > 0 ? planes[0].bytesused : 0;
    ccam::list_fields(slot.request->metadata(), slot.arena, slot.fields);
    event.fields = slot.fields.data();
    event.field_count = slot.fields.size();
    if (is_whole)
        camera.buffers->synchronise(index, true);
}

} // namespace

void ccam_camera_wait(ccam_camera *camera, double seconds, ccam_event *event) {
    *event = {};
    size_t slot = 0;
    {
        std::unique_lock<std::mutex> lock(camera->mutex);
        const auto has_news = [&] { return !camera->completed.empty() || camera->is_gone || camera->is_woken; };
        camera->condition.wait_for(lock, std::chrono::duration<double>(seconds), has_news);
        camera->is_woken = false;
        if (camera->completed.empty()) {
            if (camera->is_gone)
                event->kind = CCAM_EVENT_GONE;
            return;
        }
        slot = camera->completed.front();
        camera->completed.pop_front();
    }
    describe_frame(*camera, slot, *event);
}

void ccam_camera_wake(ccam_camera *camera) {
    const std::lock_guard<std::mutex> lock(camera->mutex);
    camera->is_woken = true;
    camera->condition.notify_one();
}
