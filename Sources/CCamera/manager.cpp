#include "internal.hpp"

#include <libcamera/property_ids.h>

using namespace libcamera;

const char *ccam_version(void) {
    return CameraManager::version().c_str();
}

int ccam_manager_start(ccam_manager **manager) {
    *manager = nullptr;
    auto started = std::make_unique<ccam_manager>();
    const int status = started->library.start();
    if (status < 0)
        return status;
    *manager = started.release();
    return 0;
}

void ccam_manager_stop(ccam_manager *manager) {
    if (!manager)
        return;
    manager->library.stop();
    delete manager;
}

const ccam_listing *ccam_manager_list(ccam_manager *manager, size_t *count) {
    manager->listings.clear();
    manager->texts.clear();
    for (const auto &camera : manager->library.cameras()) {
        const auto &properties = camera->properties();
        const auto text = [&](std::string_view words) { return manager->texts.emplace_back(words).c_str(); };
        ccam_listing listing = { text(camera->id()), "", -1, 0 };
        if (const auto model = properties.get(properties::Model))
            listing.model = text(*model);
        if (const auto location = properties.get(properties::Location))
            listing.location = *location;
        if (const auto rotation = properties.get(properties::Rotation))
            listing.rotation = *rotation;
        manager->listings.push_back(listing);
    }
    *count = manager->listings.size();
    return manager->listings.data();
}
