#include "values.hpp"

#include <string_view>
#include <type_traits>

#include <libcamera/geometry.h>

using namespace libcamera;

namespace ccam {

namespace {

/// libcamera's number for a C++ type, -1 in versions that do not have it.
template <typename T, typename = void>
struct TypeNumber {
    static constexpr int value = -1;
};

template <typename T>
struct TypeNumber<T, std::void_t<decltype(details::control_type<T>::value)>> {
    static constexpr int value = details::control_type<T>::value;
};

/// The type of a text in this version.
using Text = std::conditional_t<(TypeNumber<std::string_view>::value >= 0), std::string_view, std::string>;

/// How a C++ type is written as numbers.
template <typename T>
struct Numbers {
    [[maybe_unused]] static constexpr size_t count = 1;
    static void put(const T &value, ccam_number *numbers) {
        if constexpr (std::is_floating_point_v<T>)
            numbers[0].real = value;
        else
            numbers[0].whole = static_cast<int64_t>(value);
    }
    static T get(const ccam_number *numbers) {
        if constexpr (std::is_floating_point_v<T>)
            return static_cast<T>(numbers[0].real);
        else
            return static_cast<T>(numbers[0].whole);
    }
};

template <>
struct Numbers<Rectangle> {
    [[maybe_unused]] static constexpr size_t count = 4;
    static void put(const Rectangle &value, ccam_number *numbers) {
        numbers[0].whole = value.x;
        numbers[1].whole = value.y;
        numbers[2].whole = value.width;
        numbers[3].whole = value.height;
    }
    static Rectangle get(const ccam_number *numbers) {
        return Rectangle(static_cast<int>(numbers[0].whole), static_cast<int>(numbers[1].whole),
                         { static_cast<unsigned>(numbers[2].whole), static_cast<unsigned>(numbers[3].whole) });
    }
};

template <>
struct Numbers<Size> {
    [[maybe_unused]] static constexpr size_t count = 2;
    static void put(const Size &value, ccam_number *numbers) {
        numbers[0].whole = value.width;
        numbers[1].whole = value.height;
    }
    static Size get(const ccam_number *numbers) {
        return Size(static_cast<unsigned>(numbers[0].whole), static_cast<unsigned>(numbers[1].whole));
    }
};

template <>
struct Numbers<Point> {
    [[maybe_unused]] static constexpr size_t count = 2;
    static void put(const Point &value, ccam_number *numbers) {
        numbers[0].whole = value.x;
        numbers[1].whole = value.y;
    }
    static Point get(const ccam_number *numbers) {
        return Point(static_cast<int>(numbers[0].whole), static_cast<int>(numbers[1].whole));
    }
};

template <typename T>
struct Tag {
    using type = T;
};

/// Calls `work` with the C++ type behind a type of the header; false when this version of libcamera does not have it.
template <typename Work>
bool with_type(ccam_type type, Work work) {
    const auto call = [&](auto tag) {
        using T = typename decltype(tag)::type;
        if constexpr (TypeNumber<T>::value >= 0) {
            work(tag);
            return true;
        } else {
            return false;
        }
    };
    switch (type) {
    case CCAM_BOOL: return call(Tag<bool>{});
    case CCAM_BYTE: return call(Tag<uint8_t>{});
    case CCAM_UNSIGNED16: return call(Tag<uint16_t>{});
    case CCAM_UNSIGNED32: return call(Tag<uint32_t>{});
    case CCAM_INTEGER32: return call(Tag<int32_t>{});
    case CCAM_INTEGER64: return call(Tag<int64_t>{});
    case CCAM_FLOAT: return call(Tag<float>{});
    case CCAM_RECTANGLE: return call(Tag<Rectangle>{});
    case CCAM_SIZE: return call(Tag<Size>{});
    case CCAM_POINT: return call(Tag<Point>{});
    case CCAM_STRING:
    case CCAM_NONE: break;
    }
    return false;
}

} // namespace

ccam_type type_of(ControlType type) {
    if (type == ControlTypeString)
        return CCAM_STRING;
    for (int candidate = CCAM_BOOL; candidate <= CCAM_POINT; candidate++) {
        bool matches = false;
        with_type(static_cast<ccam_type>(candidate), [&](auto tag) {
            matches = TypeNumber<typename decltype(tag)::type>::value == static_cast<int>(type);
        });
        if (matches)
            return static_cast<ccam_type>(candidate);
    }
    return CCAM_NONE;
}

void Arena::clear() {
    numbers_.clear();
    texts_.clear();
}

void Arena::reserve(size_t numbers, size_t texts) {
    numbers_.reserve(numbers);
    texts_.reserve(texts);
}

size_t Arena::numbers(const ControlValue &value) {
    // A rectangle has the most.
    return value.numElements() * 4;
}

ccam_value Arena::keep(const ControlValue &value) {
    ccam_value kept = { type_of(value.type()), value.isArray(), 0, nullptr, nullptr };
    if (kept.type == CCAM_STRING) {
        texts_.push_back(std::string(value.get<Text>()));
        kept.text = texts_.back().c_str();
        return kept;
    }
    const size_t start = numbers_.size();
    const bool is_known = with_type(kept.type, [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto bytes = value.data();
        const T *elements = reinterpret_cast<const T *>(bytes.data());
        for (size_t index = 0; index < value.numElements(); index++) {
            numbers_.resize(numbers_.size() + Numbers<T>::count);
            Numbers<T>::put(elements[index], &numbers_[numbers_.size() - Numbers<T>::count]);
        }
    });
    if (is_known) {
        kept.count = numbers_.size() - start;
        kept.numbers = numbers_.data() + start;
    }
    return kept;
}

ControlValue control_value(const ccam_value &value) {
    ControlValue made;
    if (value.type == CCAM_STRING)
        return value.text ? ControlValue(Text(value.text)) : made;
    with_type(value.type, [&](auto tag) {
        using T = typename decltype(tag)::type;
        constexpr size_t width = Numbers<T>::count;
        if (!value.is_array) {
            if (value.count >= width)
                made.set(Numbers<T>::get(value.numbers));
        } else if constexpr (!std::is_same_v<T, bool>) {
            std::vector<T> elements;
            for (size_t index = 0; index + width <= value.count; index += width)
                elements.push_back(Numbers<T>::get(value.numbers + index));
            made.set(Span<const T>(elements));
        }
    });
    return made;
}

void list_fields(const ControlList &list, Arena &arena, std::vector<ccam_field> &fields) {
    size_t numbers = 0;
    for (const auto &[id, value] : list)
        numbers += Arena::numbers(value);
    arena.clear();
    arena.reserve(numbers, list.size());
    fields.clear();
    for (const auto &[id, value] : list)
        fields.push_back({ id, arena.keep(value) });
}

} // namespace ccam
