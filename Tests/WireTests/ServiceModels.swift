import Foundation

@testable import Wire

/// The generated models of the services, read from their Swift files: this target doesn't build the services.
enum ServiceModels {
  static let sqs = model("SQS")
  static let s3 = model("S3")
  static let iam = model("IAM")
  static let sts = model("STS")
  static let swf = model("SWF")

  private static func model(_ name: String) -> ServiceModel {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Sources/Services/\(name)/Generated")
    var lines: [Substring] = []
    for file in ["Model.swift", "Model2.swift", "Model3.swift"] {
      guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { continue }
      let all = text.split(separator: "\n")
      guard let start = all.firstIndex(where: { $0.hasSuffix("#\"\"\"") }), let end = all.firstIndex(of: "  \"\"\"#")
      else { continue }
      lines += all[(start + 1)..<end].map { $0.dropFirst(2) }
    }
    return ServiceModel(generated: [lines.joined(separator: "\n")])
  }
}
