// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

// Pixel loops are tens of times slower unoptimised, and an end-to-end test must keep 30 frames a second in a debug build too.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let strictC: [CSetting] = [.unsafeFlags(["-Wall", "-Wextra", "-Werror", "-std=c11"])]

let strictCXX: [CXXSetting] = [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]

/// What the browser gets, by file name.
let pages = ["live.html", "live.css", "request.js", "video.js", "pictures.js", "state.js", "reference.html", "reference.css", "common.css"]

let package = Package(
    name: "luneta",
    products: [
        .executable(name: "luneta", targets: ["luneta"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The system's libraries: flags only.
        .systemLibrary(name: "CLuaSystem", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .systemLibrary(
            name: "CAV", pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])]),

        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(
            name: "CPhoto", pkgConfig: "libturbojpeg libexif", providers: [.apt(["libturbojpeg0-dev", "libexif-dev"])]),
        .systemLibrary(name: "CLibcamera", pkgConfig: "libcamera", providers: [.apt(["libcamera-dev"])]),

        // C behind small headers; each is imported by one Swift target.
        // Lua's yields leave instrumented C by longjmp, which overflows the thread sanitizer's shadow stack.
        .target(name: "CLua", dependencies: ["CLuaSystem"], cSettings: strictC + [.unsafeFlags(["-fno-sanitize=thread"])]),
        .target(name: "CMedia", dependencies: ["CAV"], cSettings: strictC),
        .target(name: "CFootage", dependencies: ["CAV"], cSettings: strictC),
        .target(name: "CConversion", dependencies: ["CAV"], cSettings: strictC),
        // A pass over the pixels of its own, so optimised in debug too.
        .target(name: "CJPEG", dependencies: ["CAV", "CPhoto"], cSettings: strictC + [.unsafeFlags(["-O3"])]),
        // libcamera is C++; its headers change with every version, this one does not.
        .target(name: "CCamera", dependencies: ["CLibcamera"], cxxSettings: strictCXX),
        .target(name: "CRestart", cSettings: strictC),
        .target(name: "CJournal", dependencies: ["CSystemd"], cSettings: strictC),

        .target(name: "Catalog", swiftSettings: strict),
        .target(name: "Timing", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "Painting", swiftSettings: optimised),
        .target(
            name: "CameraBindings", dependencies: ["Catalog", "Timing", "Painting", "CFootage", "CConversion", "CCamera"],
            swiftSettings: strict),
        .target(name: "Pipeline", dependencies: ["Catalog", "CameraBindings", "Timing", "CMedia"], swiftSettings: strict),
        .target(name: "Engine", dependencies: ["Catalog", "Timing", "CameraBindings", "Pipeline"], swiftSettings: strict),
        .target(name: "Stills", dependencies: ["Catalog", "Timing", "CameraBindings", "CJPEG"], swiftSettings: strict),
        .target(name: "JSON", dependencies: ["Catalog"], swiftSettings: strict),
        .target(name: "Almanac", swiftSettings: strict),
        .target(name: "LuaSource", dependencies: ["Almanac", "Catalog"], swiftSettings: strict),
        .target(name: "Scripting", dependencies: ["Almanac", "Catalog", "LuaSource", "Timing", "CLua"], swiftSettings: strict),
        .target(
            name: "Rehearsal",
            dependencies: ["Almanac", "CameraBindings", "Catalog", "Engine", "LuaSource", "Pipeline", "Scripting", "Stills", "Timing"],
            swiftSettings: strict),
        .target(
            name: "Store", dependencies: ["Catalog", "JSON", "Scripting", "Timing", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "Catalog", "JSON", "Scripting",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .target(
            name: "Server",
            dependencies: [
                "Catalog", "Timing", "CLinux", "JSON",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // In the binary itself: a bundle beside it would have to be installed with it.
            resources: pages.map { .embedInCode("Pages/Resources/\($0)") },
            swiftSettings: strict),
        .executableTarget(
            name: "luneta",
            dependencies: [
                "Catalog", "Timing", "CameraBindings", "Pipeline", "Engine", "Scripting", "Server", "Stills", "Almanac", "JSON",
                "LuaSource", "Rehearsal", "Store", "Web", "CJournal", "CRestart",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Sources/Host",
            swiftSettings: strict),

        .executableTarget(
            name: "luneta-bench", dependencies: ["CameraBindings", "Catalog", "Engine", "RehearsalSupport", "Scripting", "Timing"],
            path: "Benchmarks/Sources",
            swiftSettings: strict),

        .target(
            name: "Support", dependencies: ["Catalog", "Timing", "CameraBindings"], path: "Tests/Support", swiftSettings: strict),
        .target(
            name: "RehearsalSupport", dependencies: ["Almanac", "Catalog", "Rehearsal"], path: "Tests/RehearsalSupport",
            swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog"], swiftSettings: strict),
        .testTarget(name: "TimingTests", dependencies: ["Support", "Timing"], swiftSettings: strict),
        .testTarget(
            name: "CameraBindingsTests", dependencies: ["CameraBindings", "CCamera", "CConversion", "Painting", "Support"],
            swiftSettings: strict),
        .testTarget(name: "PipelineTests", dependencies: ["Catalog", "Pipeline", "Support"], swiftSettings: strict),
        .testTarget(name: "EngineTests", dependencies: ["Engine", "Support"], swiftSettings: strict),
        .testTarget(name: "StillsTests", dependencies: ["CPhoto", "Stills", "Support"], swiftSettings: strict),
        .testTarget(name: "AlmanacTests", dependencies: ["Almanac"], swiftSettings: strict),
        .testTarget(name: "LuaSourceTests", dependencies: ["Catalog", "LuaSource"], swiftSettings: strict),
        .testTarget(name: "ScriptingTests", dependencies: ["Almanac", "LuaSource", "Scripting", "Support"], swiftSettings: strict),
        .testTarget(name: "StoreTests", dependencies: ["Catalog", "Scripting", "Store", "Support"], swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Catalog", "Scripting", "Support", "Web",
                .product(name: "Hummingbird", package: "hummingbird"),
            ], swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "CCamera", "CameraBindings", "Engine", "JSON", "Scripting", "Server", "Support",
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RehearsalTests",
            dependencies: [
                "Almanac", "CameraBindings", "Catalog", "Engine", "Rehearsal", "RehearsalSupport", "Scripting", "Support", "Timing",
            ], swiftSettings: strict),
        .testTarget(name: "HostTests", dependencies: ["CameraBindings", "Support", "luneta"], swiftSettings: strict),
        .testTarget(
            name: "RigTests", dependencies: ["CameraBindings", "Catalog", "Engine", "Scripting", "Server", "Support"], swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Catalog", "luneta", "Store", "Support"], exclude: ["rigs"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
