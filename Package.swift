// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6)]

/// One target per AWS service, all alike: `Sources/Services/<Name>` standing on Cloud, Policy and Wire.
func service(_ name: String, _ more: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: ["Cloud", "Policy", "Wire"] + more, path: "Sources/Services/\(name)",
    swiftSettings: strict)
}

/// The unit tests of one target.
func tests(_ name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: [.target(name: name)] + more, swiftSettings: strict)
}

let package = Package(
  name: "hakoniwa",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "hakoniwa", targets: ["Hakoniwa"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Pure libraries: they know nothing of each other, of sockets or of files.
    .target(
      name: "Checksums", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "Policy", swiftSettings: strict),
    .target(name: "SigV4", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(name: "Wire", swiftSettings: strict),

    // What every service stands on.
    .target(
      name: "Cloud",
      dependencies: [
        "Checksums", "Policy", "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .target(name: "Identity", dependencies: ["Checksums", "Cloud", "Policy", "SigV4", "Wire"], swiftSettings: strict),

    service(
      "CloudTrail",
      [
        "Checksums", "Gzip", "Identity", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
      ]),
    service("CloudWatch", ["Identity"]),
    service("EventBridge", ["Identity", .product(name: "AsyncHTTPClient", package: "async-http-client")]),
    service("IAM", ["Identity"]),
    service(
      "KMS",
      [
        "Checksums", "Identity", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    service("Logs", ["Checksums", "Gzip", "Identity", .product(name: "HeapModule", package: "swift-collections")]),
    service("Organizations", ["Identity"]),
    service("S3", ["Checksums", "Identity", .product(name: "Crypto", package: "swift-crypto")]),
    service("S3Control", ["Identity"]),
    service("SQS", ["Checksums", "Identity"]),
    service("SWF", ["Identity"]),
    service(
      "SNS",
      [
        "Checksums", "Identity", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    service("STS", ["Identity", .product(name: "Crypto", package: "swift-crypto")]),

    .target(
      name: "FrontDoor",
      dependencies: [
        "CZlib", "Checksums", "Cloud", "Identity", "SigV4", "Wire",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    // The web pages, on the public API.
    .target(
      name: "Console", dependencies: ["Cloud", "FrontDoor", "Identity", "Wire"], resources: [.copy("Pages")],
      swiftSettings: strict),
    // What a change of policies would have done to recorded calls: pure, but for reading logs.
    .target(
      name: "WhatIf", dependencies: ["CZlib", "Policy", .product(name: "Yams", package: "Yams")], swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Server",
      dependencies: [
        "Cloud", "CloudTrail", "CloudWatch", "Console", "EventBridge", "FrontDoor", "IAM", "Identity", "KMS", "Logs",
        "Organizations", "S3", "S3Control", "SNS", "SQS", "STS", "SWF", "WhatIf",
      ], swiftSettings: strict),
    .executableTarget(
      name: "Hakoniwa",
      dependencies: [
        "Policy", "Server", "SigV4", "WhatIf", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),

    tests("Checksums"),
    tests("Cloud"),
    tests("CloudTrail", ["Gzip"]),
    tests("CloudWatch"),
    tests("Console"),
    tests("EventBridge"),
    tests(
      "FrontDoor",
      [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    tests("IAM"),
    tests("Identity"),
    tests("KMS"),
    tests("Logs", ["Checksums", "Wire"]),
    tests("Organizations"),
    tests("Policy"),
    tests("S3"),
    tests("SigV4"),
    tests("SNS"),
    tests("SQS"),
    tests("SWF"),
    tests("Wire"),
    tests("STS"),
    tests("WhatIf"),

    // The yardstick of the benchmark; no part of the program.
    .executableTarget(
      name: "RawNIOServer",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], path: "bench/raw-nio", swiftSettings: strict),
  ]
)
