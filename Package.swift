// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// One room: a target of `Sources/` with its rooms below.
func room(_ name: String, _ rooms: [String] = [], products: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: rooms.map { .target(name: $0) } + products, swiftSettings: strict)
}

/// A room's tests, in the folder of its name.
func tests(_ name: String, _ rooms: [String], products: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: rooms.map { .target(name: $0) } + products, path: "Tests/" + name,
        swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

/// `SLUICE_PAGE=no` leaves the review page and its HTTP server out: they are most of a first build, and nothing that
/// reads, matches or posts needs them. It wants a folder of its own (`--scratch-path`), or both are built in turn.
let hasPage = Context.environment["SLUICE_PAGE"] != "no"
let page: [Package.Dependency] = [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
]

/// The pages of `Sources/ReviewPage/Templates/`.
let templates = [
    "layout", "login", "queue", "item", "hidden", "viewer", "record", "candidates", "actions", "pending", "history",
    "approvals", "bulk", "search", "day", "help", "message",
]

let package = Package(
    name: "sluice",
    products: [.executable(name: "sluice", targets: ["sluice"])],
    traits: [.trait(name: "TLS", description: "The review page over TLS: sluice serve --certificate.")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ] + (hasPage ? page : []),
    targets: [
        room("Model"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CXML", dependencies: ["CLibXML2"]),
        room("Formats", ["Model", "CXML"], products: [yams]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CCrypto", dependencies: ["COpenSSL"]),
        .target(name: "CLinux"),
        room("Files", ["Model", "CCrypto", "CLinux"]),
        room(
            "Ledger", ["Model", "Files", "CLinux"],
            products: [grdb, .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        room("Matching", ["Model"]),
        room("Review", ["Model", "Files", "Ledger", "Matching"]),
        .target(
            name: "DefaultConfig", path: "config",
            resources: [
                .embedInCode("sluice.yaml"), .embedInCode("policy.yaml"), .embedInCode("calendar.yaml"),
                .embedInCode("chart.yaml"), .embedInCode("duties.yaml"), .embedInCode("instructions.yaml"),
                .embedInCode("retention.csv"),
                .embedInCode("layouts/bai-lockbox-a.yaml"), .embedInCode("layouts/bai-lockbox-b.yaml"),
                .embedInCode("layouts/bai-lockbox-c.yaml"), .embedInCode("layouts/bank-statement.yaml"),
                .embedInCode("layouts/bank-statement-eu.yaml"), .embedInCode("layouts/bill-pay.yaml"),
                .embedInCode("layouts/card-processor.yaml"), .embedInCode("layouts/default.yaml"),
                .embedInCode("layouts/nordwasser.yaml"), .embedInCode("layouts/pipe-lockbox.yaml"),
                .embedInCode("layouts/riverbend.yaml"),
            ], swiftSettings: strict),
        room(
            "Pipeline", ["Model", "Files", "Formats", "Ledger", "Matching", "Review", "Records", "DefaultConfig"],
            products: [yams]),
        .executableTarget(
            name: "sluice",
            dependencies: [
                "Model", "Files", "Formats", "Ledger", "Matching", "Review", "Records", "Pipeline",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + (hasPage ? ["ReviewPage"] : []), swiftSettings: strict + (hasPage ? [.define("PAGE")] : [])),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .target(name: "CZip", dependencies: ["CLibZip"]),
        room("Records", ["Model", "Files", "Ledger", "CZip"]),
        tests("Model", ["Model"]),
        tests("Files", ["Files"]),
        tests("Ledger", ["Ledger", "Files", "Model"]),
        tests("Review", ["Review", "Model"]),
        tests("Pipeline", ["Pipeline", "Review", "Ledger", "Matching", "Formats", "Files", "Model"]),
        tests("Command", ["Files"]),
        tests("Formats", ["Formats", "Model"]),
        .target(
            name: "MatchingWorkload", dependencies: ["Matching", "Model"], path: "Benchmarks/Matching/Workload",
            swiftSettings: strict),
        tests("Matching", ["Matching", "MatchingWorkload", "Model"]),
        tests("Records", ["Records", "Model", "Files", "Ledger"]),
    ]
)

if hasPage {
    package.targets += [
        .systemLibrary(name: "CLibTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
        .systemLibrary(name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .target(name: "CImage", dependencies: ["CLibTIFF", "CLibPNG"]),
        .target(
            name: "ReviewPage",
            dependencies: [
                "Model", "Files", "Ledger", "Matching", "Review", "Pipeline", "CImage",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"])),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: templates.map { .embedInCode("Templates/\($0).mustache") }
                + ["page.css", "page.js", "icon.svg"].map { .embedInCode("Static/\($0)") },
            swiftSettings: strict),
        tests("Page", ["ReviewPage", "Pipeline", "Review", "Ledger", "Files", "Model"]),
    ]
}

// The readers under a fuzzer: only Fuzz/run.sh builds them.
if Context.environment["SLUICE_FUZZ"] == "1" {
    package.targets += [
        .target(
            name: "FuzzTarget", dependencies: ["DefaultConfig", "Formats", "Model"], path: "Fuzz/Target",
            swiftSettings: strict),
        .executableTarget(name: "fuzz", dependencies: ["FuzzTarget"], path: "Fuzz/Main"),
    ]
}

// Matching measured: only Benchmarks/matching.sh builds it.
if Context.environment["SLUICE_BENCH"] == "1" {
    package.targets += [
        .executableTarget(
            name: "matching-bench", dependencies: ["MatchingWorkload", "Matching", "Model", "Pipeline"],
            path: "Benchmarks/Matching/Main", swiftSettings: strict)
    ]
}
