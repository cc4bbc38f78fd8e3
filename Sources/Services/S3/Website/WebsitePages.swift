import Cloud
import Wire

/// The pages that a website's host writes by itself.
enum WebsitePages {
  private static let titles: [Int: String] = [
    301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified", 307: "Temporary Redirect",
    308: "Permanent Redirect", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    412: "Precondition Failed", 416: "Requested Range Not Satisfiable", 500: "Internal Server Error",
    501: "Not Implemented", 503: "Service Unavailable",
  ]

  /// The page of an error.
  /// - Parameter second: what went wrong with the bucket's own error document.
  static func error(_ error: AWSError, requestID: String, second: AWSError? = nil) -> PlainAnswer {
    let status = error.status ?? 400
    var text = head(status) + list(error, requestID)
    if let second {
      text += "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n"
      text += list(second, nil)
    }
    text += "<hr/>\n</body>\n</html>\n"
    var headers = [("Content-Type", "text/html; charset=utf-8"), ("x-amz-error-code", error.code)]
    headers.append(("x-amz-error-message", error.message))
    for field in error.fields {
      if case .string(let value) = field.value { headers.append(("x-amz-error-detail-\(field.name)", value)) }
    }
    return PlainAnswer(
      status: status, headers: headers.map { (name: $0.0, value: $0.1) }, body: .bytes(Array(text.utf8)))
  }

  /// The page of a redirect.
  static func redirect(to location: String, status: Int, requestID: String) -> PlainAnswer {
    let title = titles[status] ?? "Found"
    let reason = AWSError(
      title.filter { $0 != " " }, status == 302 ? "Resource Found" : "Resource Moved", status: status,
      fields: [("URI", .string(location))])
    let text = head(status) + list(reason, requestID) + "<hr/>\n</body>\n</html>\n"
    return PlainAnswer(
      status: status,
      headers: [(name: "Location", value: location), (name: "Content-Type", value: "text/html; charset=utf-8")],
      body: .bytes(Array(text.utf8)))
  }

  private static func head(_ status: Int) -> String {
    let title = "\(status) \(titles[status] ?? "")"
    return "<html>\n<head><title>\(title)</title></head>\n<body>\n<h1>\(title)</h1>\n"
  }

  private static func list(_ error: AWSError, _ requestID: String?) -> String {
    var items = [("Code", error.code), ("Message", error.message)]
    for field in error.fields { if case .string(let value) = field.value { items.append((field.name, value)) } }
    if let requestID {
      items.append(("RequestId", requestID))
      items.append(("HostId", Codec.hostID(requestID)))
    }
    return "<ul>\n" + items.map { "<li>\($0.0): \(escaped($0.1))</li>\n" }.joined() + "</ul>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
