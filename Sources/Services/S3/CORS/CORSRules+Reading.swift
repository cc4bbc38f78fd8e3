import Cloud
import Wire

extension CORSRules {
  private static let methods: Set<String> = ["GET", "PUT", "POST", "DELETE", "HEAD"]
  private static let largest = 100

  /// Reads a configuration.
  /// - Throws: MalformedXML, InvalidRequest.
  init(_ wanted: CORSConfiguration) throws(AWSError) {
    guard (1...CORSRules.largest).contains(wanted.corsRules.count) else { throw .malformedXML() }
    rules = []
    for rule in wanted.corsRules {
      guard !rule.allowedMethods.isEmpty, !rule.allowedOrigins.isEmpty, rule.id?.utf8.count ?? 0 <= 255 else {
        throw .malformedXML()
      }
      for method in rule.allowedMethods where !CORSRules.methods.contains(method) {
        throw .invalidRequest("Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
      }
      for origin in rule.allowedOrigins { try CORSRules.checkStars("AllowedOrigin", origin) }
      for header in rule.allowedHeaders ?? [] { try CORSRules.checkStars("AllowedHeader", header) }
      for header in rule.exposeHeaders ?? [] where header.contains("*") {
        throw .invalidRequest(
          "ExposeHeader \"\(header)\" contains wildcard. We currently do not support wildcard for ExposeHeader.")
      }
      rules.append(
        Rule(
          id: rule.id, origins: rule.allowedOrigins, methods: rule.allowedMethods, headers: rule.allowedHeaders ?? [],
          exposed: rule.exposeHeaders ?? [], maxAge: rule.maxAgeSeconds))
    }
  }

  private static func checkStars(_ element: String, _ value: String) throws(AWSError) {
    if value.filter({ $0 == "*" }).count > 1 {
      throw .invalidRequest("\(element) \"\(value)\" can not have more than one wildcard.")
    }
  }

  /// The configuration as it is shown.
  var shown: [CORSRule] {
    rules.map { rule in
      CORSRule(
        id: rule.id, allowedHeaders: rule.headers.isEmpty ? nil : rule.headers, allowedMethods: rule.methods,
        allowedOrigins: rule.origins, exposeHeaders: rule.exposed.isEmpty ? nil : rule.exposed,
        maxAgeSeconds: rule.maxAge)
    }
  }
}
