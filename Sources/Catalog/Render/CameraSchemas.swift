extension ReplySchemas {
    /// The camera's status and its parts.
    static let cameraSchemas: [(String, Document)] = [
        ("IntRange", Schema.object([("min", Schema.type("integer")), ("max", Schema.type("integer"))])),
        ("NumberRange", Schema.object([("min", Schema.type("number")), ("max", Schema.type("number"))])),
        (
            "CurrentLimits",
            Schema.object([
                ("frame_duration_us", Schema.optional("integer")),
                ("frame_duration_limits_us", Schema.either(Schema.named("IntRange"), Schema.type("null"))),
                ("effective_exposure_limit_us", Schema.named("IntRange")),
            ])
        ),
        ("CameraStatus", Schema.object(status)),
    ]

    private static let status: [(String, Document)] = [
        ("lux", Schema.optional("number")), ("exposure_us", Schema.optional("integer")), ("analogue_gain", Schema.optional("number")),
        ("colour_temperature", Schema.optional("number", "Kelvin")), ("auto_exposure", Schema.type("boolean")),
        ("streaming", Schema.type("boolean", "Whether packets reach the server")),
        ("autofocus_mode", Schema.optionalWords(["default", "manual", "auto", "continuous"])),
        ("lens_position", Schema.optional("number", "Dioptres")), ("focus_fom", Schema.optional("integer", "Higher is sharper")),
        ("hdr_mode", Schema.optionalWords(["off", "auto", "sensor", "single-exp"])),
        ("lens_correction_enabled", Schema.optional("boolean")),
        ("scene_mode", Schema.optionalWords(["day", "low_light", "night", "unknown"])),
        ("day_night_mode", Schema.optionalWords(["manual", "auto"])), ("day_night_threshold_lux", Schema.optional("number")),
        ("frame_duration_us", Schema.optional("integer")),
        (
            "sensor_black_levels",
            ["type": ["array", "null"], "items": ["type": "integer"], "description": "Four values on a 16-bit scale"]
        ),
        ("fov_mode", Schema.optionalWords(["scale", "crop"])), ("bitrate_bps", Schema.optional("integer")),
        ("bitrate_mbps", Schema.optional("number", "Two decimals")), ("is_wide_camera", Schema.optional("boolean")),
        ("sensor_mode_width", Schema.optional("integer")), ("sensor_mode_height", Schema.optional("integer")),
        ("current_limits", Schema.either(Schema.named("CurrentLimits"), Schema.type("null"))),
        ("exposure_value", Schema.optional("number")), ("noise_reduction_mode", Schema.optional("string")),
        ("ae_constraint_mode", Schema.optional("string")), ("ae_exposure_mode", Schema.optional("string")),
    ]

    /// The camera's capabilities and their parts.
    static let capabilitySchemas: [(String, Document)] = [
        (
            "SensorMode",
            Schema.object([
                ("width", Schema.type("integer")), ("height", Schema.type("integer")), ("max_fps", Schema.type("number")),
                ("description", Schema.type("string")),
            ])
        ),
        ("NamedSize", Schema.object(namedSize)),
        ("FramerateLimit", Schema.object(namedSize + [("max_fps", Schema.type("number"))])),
        (
            "RecommendedSize",
            Schema.object(
                namedSize + [
                    ("max_fps", Schema.type("number")), ("sensor_mode", ["type": "string", "pattern": "^mode_[0-9]+$"]),
                    ("fov", Schema.type("string")),
                ])
        ),
        ("CameraCapabilities", Schema.object(capabilities)),
    ]

    private static let namedSize: [(String, Document)] = [
        ("width", Schema.type("integer")), ("height", Schema.type("integer")), ("label", Schema.type("string")),
    ]

    private static let words = Schema.list(of: Schema.type("string"))

    private static let capabilities: [(String, Document)] = [
        ("sensor_model", Schema.type("string")),
        ("sensor_resolution", Schema.object([("width", Schema.optional("integer")), ("height", Schema.optional("integer"))])),
        ("supported_resolutions", Schema.list(of: Schema.named("NamedSize"), "As far as they fit the sensor")),
        ("exposure_limits_us", Schema.named("IntRange")), ("gain_limits", Schema.named("NumberRange")),
        ("lens_position_limits", Schema.named("NumberRange")), ("exposure_value_range", Schema.named("NumberRange")),
        ("supported_noise_reduction_modes", words), ("supported_ae_constraint_modes", words), ("supported_ae_exposure_modes", words),
        ("supported_awb_modes", words), ("features", words), ("current_framerate", Schema.type("number")),
        ("framerate_limits_by_resolution", Schema.list(of: Schema.named("FramerateLimit"), "Largest size first")),
        ("max_framerate_for_current_resolution", Schema.type("number")), ("is_wide_camera", Schema.optional("boolean")),
        ("field_of_view_degrees", Schema.optional("integer")),
        ("sensor_modes", ["type": ["object", "null"], "additionalProperties": Schema.named("SensorMode")]),
        ("recommended_resolutions", ["type": ["array", "null"], "items": Schema.named("RecommendedSize")]),
    ]
}
