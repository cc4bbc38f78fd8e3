import Foundation
import FrontDoor

/// The console's files: they lie beside the program, in the folder that the build makes of `Pages`.
struct PageFiles: Sendable {
  /// The folder, if it is there.
  let folder: String?

  /// Everything comes from here and nothing else is loaded or run; other sites cannot put a page into a frame.
  static let contentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  /// Looks for the folder beside the program. `Bundle.module` would end the program if there were none.
  init() { self.init(beside: Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path) }

  init(beside program: String?) {
    let candidates = ["hakoniwa_Console.resources", "hakoniwa_Console.bundle"].flatMap { name in
      ["\(program ?? ".")/\(name)/Pages", "\(program ?? ".")/\(name)/Contents/Resources/Pages"]
    }
    folder = candidates.first { FileManager.default.fileExists(atPath: $0 + "/index.html") }
  }

  /// - Parameters:
  ///   - address: the whole path, for redirections.
  ///   - path: what is asked for within the console, without a slash in front.
  func answer(_ address: String, _ path: String) -> HTTPResponse {
    // Without the slash the pages' relative addresses would lead elsewhere.
    if path.isEmpty, !address.hasSuffix("/") {
      return HTTPResponse(status: 307, headers: [("location", address + "/")])
    }
    guard let folder else {
      return .json(
        500,
        message: "The console's files are missing: the folder hakoniwa_Console.resources belongs beside the program.")
    }
    guard let name = PageFiles.file(for: path), let type = PageFiles.type(of: name),
      let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
    else { return .json(404, message: "The console has no such page.") }
    return HTTPResponse(
      status: 200,
      headers: [
        ("content-type", type), ("cache-control", "no-cache"), ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"), ("content-security-policy", PageFiles.contentSecurityPolicy),
        ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
      ],
      body: .bytes(Array(data)))
  }

  /// The file that answers a path: pages are asked for without their `.html`. Names have only letters, digits, hyphens, and
  /// single dots and slashes between them, so none leads out of the folder.
  static func file(for path: String) -> String? {
    var name = path.hasSuffix("/") ? String(path.dropLast()) : path
    if name.isEmpty { name = "index" }
    var previous: Character = "/"
    for character in name {
      switch character {
      case "a"..."z", "0"..."9", "-": break
      case ".", "/": if previous == "." || previous == "/" { return nil }
      default: return nil
      }
      previous = character
    }
    return name.contains(".") ? name : name + ".html"
  }

  private static func type(of name: String) -> String? {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: nil
    }
  }
}
