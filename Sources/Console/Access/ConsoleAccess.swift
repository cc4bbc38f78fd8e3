import FrontDoor

/// Who may use the console: pages that this server gave to a browser, and nobody else's.
///
/// The console acts as the root user of any account without a signature, so a web page from elsewhere must not reach it:
/// not by a plain form or a script of another origin (the `Origin` header tells, and calls need a header that such a page
/// cannot send unasked), and not by a name of its own that it lets point to this machine (DNS rebinding: the `Host` header
/// then is that name).
struct ConsoleAccess: Sendable {
  /// The header that calls must carry.
  static let header = "x-hakoniwa-console"

  private let host: String

  /// - Parameter host: the address that the server listens on.
  init(host: String) { self.host = host.lowercased() }

  /// Why a request is refused; nothing if it isn't.
  func refusal(of request: HTTPRequest) -> String? {
    guard isOwnName(request.authority) else {
      return "The console answers under this machine's own names (localhost, 127.0.0.1) and the address it was told to "
        + "listen on, not under '\(request.authority)'."
    }
    if let origin = request.first("origin"), origin != "http://\(request.authority)",
      origin != "https://\(request.authority)"
    {
      return "A web page from elsewhere may not do this."
    }
    // Browsers say where a request comes from even when they send no origin, as for images and plain links.
    if let site = request.first("sec-fetch-site"), site != "same-origin", site != "none",
      request.first("sec-fetch-mode") != "navigate"
    {
      return "A web page from elsewhere may not do this."
    }
    if request.method == "POST", request.first(ConsoleAccess.header) != "1" {
      return "Calls come from the console's own pages, which send the header X-Hakoniwa-Console: 1."
    }
    return nil
  }

  /// Whether a name, with or without a port, is one under which nobody else can pose: this machine's, or the one configured.
  func isOwnName(_ authority: String) -> Bool {
    let name = ConsoleAccess.name(of: authority)
    if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
    if ConsoleAccess.isIPv4(name) {
      // An address as a name cannot be rebound; when every address is listened on, each of them is ours.
      return name.hasPrefix("127.") || name == host || listensEverywhere
    }
    if name.contains(":") { return name == host || listensEverywhere }
    return !name.isEmpty && name == host
  }

  private var listensEverywhere: Bool { host == "0.0.0.0" || host == "::" }

  /// Without the port and the brackets of IPv6 addresses.
  private static func name(of authority: String) -> String {
    let text = authority.lowercased()
    if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
    return String(text.prefix { $0 != ":" })
  }

  private static func isIPv4(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.utf8.count <= 3 && UInt8($0) != nil }
  }
}
