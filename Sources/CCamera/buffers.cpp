#include "internal.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/dma-heap.h>
#include <map>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <libcamera/base/shared_fd.h>
#include <libcamera/base/unique_fd.h>

using namespace libcamera;

Mapping::~Mapping() {
    munmap(base, length);
    close(descriptor);
}

void ccam_buffers::synchronise(size_t slot, bool begin) const {
    for (const Mapping *mapping : of_slot[slot]) {
        struct dma_buf_sync sync = {};
        sync.flags = (begin ? DMA_BUF_SYNC_START : DMA_BUF_SYNC_END) | DMA_BUF_SYNC_READ;
        // Memory that is no dma-buf refuses and needs none.
        ioctl(mapping->descriptor, DMA_BUF_IOCTL_SYNC, &sync);
    }
}

namespace {

/// Bytes of each plane of a stream's pictures, one after the other in one block.
std::vector<size_t> plane_sizes(const StreamConfiguration &stream) {
    const size_t luma = size_t(stream.stride) * stream.size.height;
    const std::string format = stream.pixelFormat.toString();
    const size_t chroma_rows = (stream.size.height + 1) / 2;
    if (format == "NV12" || format == "NV21")
        return { luma, stream.stride * chroma_rows };
    if (format == "YUV420" || format == "YVU420")
        return { luma, stream.stride / 2 * chroma_rows, stream.stride / 2 * chroma_rows };
    return { std::max<size_t>(stream.frameSize, luma) };
}

UniqueFD anonymous_memory(size_t size) {
    UniqueFD memory(memfd_create("luneta-frame", MFD_CLOEXEC));
    return memory.isValid() && ftruncate(memory.get(), static_cast<off_t>(size)) == 0 ? std::move(memory) : UniqueFD();
}

/// Cached heaps come first: an encoder that reads uncached memory is several times slower.
UniqueFD heap_memory(size_t size) {
    for (const char *heap : { "/dev/dma_heap/vidbuf_cached", "/dev/dma_heap/linux,cma", "/dev/dma_heap/default_cma_region",
                              "/dev/dma_heap/reserved", "/dev/dma_heap/system" }) {
        const UniqueFD device(open(heap, O_RDWR | O_CLOEXEC));
        if (!device.isValid())
            continue;
        struct dma_heap_allocation_data data = {};
        data.len = size;
        data.fd_flags = O_CLOEXEC | O_RDWR;
        if (ioctl(device.get(), DMA_HEAP_IOCTL_ALLOC, &data) == 0)
            return UniqueFD(static_cast<int>(data.fd));
    }
    return UniqueFD();
}

std::unique_ptr<FrameBuffer> make_buffer(const StreamConfiguration &stream, ccam_memory memory) {
    const auto sizes = plane_sizes(stream);
    size_t total = 0;
    for (const size_t size : sizes)
        total += size;
    total = std::max<size_t>(total, stream.frameSize);
    UniqueFD block = memory == CCAM_MEMORY_DMA_HEAP ? heap_memory(total) : anonymous_memory(total);
    if (!block.isValid())
        return nullptr;
    const SharedFD shared(std::move(block));
    std::vector<FrameBuffer::Plane> planes;
    size_t offset = 0;
    for (const size_t size : sizes) {
        FrameBuffer::Plane plane;
        plane.fd = shared;
        plane.offset = static_cast<unsigned>(offset);
        plane.length = static_cast<unsigned>(size);
        planes.push_back(plane);
        offset += size;
    }
    return std::make_unique<FrameBuffer>(planes);
}

int take_own(ccam_buffers &made, StreamBuffers &into, const StreamConfiguration &stream, ccam_memory memory) {
    for (unsigned index = 0; index < stream.bufferCount; index++) {
        auto buffer = make_buffer(stream, memory);
        if (!buffer)
            return -ENOMEM;
        into.buffers.push_back(buffer.get());
        made.own.push_back(std::move(buffer));
    }
    return 0;
}

int take_allocated(ccam_camera &camera, StreamBuffers &into, Stream *stream) {
    if (!camera.allocator)
        camera.allocator = std::make_unique<FrameBufferAllocator>(camera.camera);
    const int status = camera.allocator->allocate(stream);
    if (status < 0)
        return status;
    for (const auto &buffer : camera.allocator->buffers(stream))
        into.buffers.push_back(buffer.get());
    return 0;
}

/// Maps a descriptor for reading, with a page of zeros behind it: vector code reads some bytes past the last pixel, and a picture may
/// end with its page.
void *map_padded(int descriptor, size_t length, size_t &mapped) {
    const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    mapped = (length + page - 1) / page * page + page;
    void *base = mmap(nullptr, mapped, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED || mmap(base, length, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0) != MAP_FAILED)
        return base;
    const int reason = errno;
    munmap(base, mapped);
    errno = reason;
    return MAP_FAILED;
}

/// Maps each dma-buf of a buffer once.
int map_buffer(ccam_buffers &made, StreamBuffers &into, const FrameBuffer &buffer, size_t slot) {
    const auto &planes = buffer.planes();
    std::map<int, size_t> ends;
    for (const auto &plane : planes)
        ends[plane.fd.get()] = std::max<size_t>(ends[plane.fd.get()], size_t(plane.offset) + plane.length);
    std::map<int, uint8_t *> bases;
    for (const auto &[descriptor, end] : ends) {
        size_t mapped = 0;
        void *base = map_padded(descriptor, end, mapped);
        if (base == MAP_FAILED)
            return -errno;
        made.mappings.push_back(std::unique_ptr<Mapping>(new Mapping{ base, mapped, fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }));
        made.of_slot[slot].push_back(made.mappings.back().get());
        bases[descriptor] = static_cast<uint8_t *>(base);
    }
    std::vector<ccam_plane> mapped;
    for (const auto &plane : planes)
        mapped.push_back({ bases[plane.fd.get()] + plane.offset, plane.length });
    into.planes.push_back(std::move(mapped));
    return 0;
}

int fill_stream(ccam_camera &camera, ccam_buffers &made, StreamBuffers &into, const StreamConfiguration &stream, ccam_memory memory) {
    into.stream = stream.stream();
    const int status = memory == CCAM_MEMORY_CAMERA ? take_allocated(camera, into, into.stream) : take_own(made, into, stream, memory);
    if (status < 0)
        return status;
    made.of_slot.resize(std::max(made.of_slot.size(), into.buffers.size()));
    for (size_t slot = 0; slot < into.buffers.size(); slot++) {
        const int mapped = map_buffer(made, into, *into.buffers[slot], slot);
        if (mapped < 0)
            return mapped;
    }
    return 0;
}

} // namespace

int ccam_buffers_create(ccam_camera *camera, ccam_memory memory, ccam_buffers **buffers) {
    *buffers = nullptr;
    if (!camera->configuration || camera->is_running)
        return -EINVAL;
    camera->allocator.reset();
    auto made = std::make_unique<ccam_buffers>();
    int status = fill_stream(*camera, *made, made->video, camera->configuration->at(0), memory);
    if (status == 0 && camera->has_low)
        status = fill_stream(*camera, *made, made->low, camera->configuration->at(1), memory);
    if (status < 0) {
        camera->allocator.reset();
        return status;
    }
    *buffers = made.release();
    return 0;
}

void ccam_buffers_free(ccam_buffers *buffers) {
    delete buffers;
}

size_t ccam_buffers_count(const ccam_buffers *buffers) {
    const size_t count = buffers->video.buffers.size();
    return buffers->low.stream ? std::min(count, buffers->low.buffers.size()) : count;
}

const ccam_plane *ccam_buffers_planes(const ccam_buffers *buffers, size_t slot, bool low, size_t *count) {
    const auto &planes = (low ? buffers->low : buffers->video).planes;
    if (slot >= planes.size()) {
        *count = 0;
        return nullptr;
    }
    *count = planes[slot].size();
    return planes[slot].data();
}
