import Cloud

/// Under which address clients reach this service: what stands in the links of messages.
struct ServiceAddress: Sendable {
  /// For calls that come from inside the program.
  let fallback: String

  /// `http://` and the host that the caller asked.
  func base(_ context: Context) -> String {
    let host = context.request.host
    if case .service = context.caller.kind { return fallback }
    // Calls from inside have no request of their own.
    if host.isEmpty || host == "localhost" || !context.request.calledVia.isEmpty { return fallback }
    return "\(context.request.isSecure ? "https" : "http")://\(host)"
  }
}
