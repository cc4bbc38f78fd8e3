import Cloud
import Wire

/// Finds which service, protocol and bucket a request is for, by what AWS's clients put into it.
struct ServiceRouter: Sendable {
  /// Where a request goes.
  struct Route: Sendable {
    var service: ServiceDefinition
    var wireProtocol: WireProtocol
    /// The bucket named by the host (virtual-host style), put in front of the path for the codec.
    var virtualHostBucket: String?
    /// The website that the host names, and the Region in its name.
    var website: (bucket: String, region: String?)?
  }

  /// Why a request goes nowhere.
  enum Failure: Error {
    case unknownService(String)
    case undetermined
  }

  private let services: [ServiceDefinition]
  private let bySigningName: [String: ServiceDefinition]

  init(_ services: [ServiceDefinition]) {
    self.services = services
    bySigningName = Dictionary(services.map { ($0.model.signingName, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameters:
  ///   - scope: the service in the signature's credential scope, if the request is signed.
  ///   - form: the body of a form, for an unsigned request whose `Version` is only there.
  func route(_ request: HTTPRequest, signedFor scope: String?, form: String = "") throws(Failure) -> Route {
    if let target = request.first("x-amz-target") {
      let prefix = target.split(separator: ".").dropLast().joined(separator: ".")
      guard let service = services.first(where: { $0.model.isTarget(prefix) }) else {
        throw .unknownService(scope ?? prefix)
      }
      let isOne = request.first("content-type")?.hasPrefix("application/x-amz-json-1.0") ?? false
      // Clients from before these content types say application/json: the service's own version is meant.
      let isOther = request.first("content-type")?.hasPrefix("application/x-amz-json-1.1") ?? false
      let isOwn = !isOne && !isOther && service.model.jsonVersion == "1.0"
      return Route(service: service, wireProtocol: isOne || isOwn ? .json10 : .json11)
    }
    if request.first("smithy-protocol") == "rpc-v2-cbor" {
      guard let service = try signed(scope) else { throw .undetermined }
      return Route(service: service, wireProtocol: .cbor)
    }
    if let service = try signed(scope) { return route(request, to: service) }
    if let website = ServiceRouter.website(inHost: request), let storage = bySigningName["s3"] {
      return Route(service: storage, wireProtocol: .restXML, website: website)
    }
    // Unsigned requests: forms go by their Version, everything else is S3's.
    if isForm(request) {
      guard let service = unsigned(request, form) else { throw .undetermined }
      return Route(service: service, wireProtocol: service.model.queryProtocol)
    }
    guard let storage = bySigningName["s3"] else { throw .undetermined }
    return route(request, to: storage)
  }

  /// The service that an unsigned form is for. The links in messages of SNS name no version: AWS has a host for each service.
  private func unsigned(_ request: HTTPRequest, _ form: String) -> ServiceDefinition? {
    func value(_ name: String) -> String? {
      ServiceRouter.parameter(name, in: request.query) ?? ServiceRouter.parameter(name, in: form)
    }
    if let version = value("Version") {
      return services.first { $0.model.apiVersion == version && $0.model.speaksQuery }
    }
    guard let action = value("Action") else { return nil }
    return services.first { $0.model.speaksQuery && $0.operations[action]?.isOpenToAnonymous == true }
  }

  private func signed(_ scope: String?) throws(Failure) -> ServiceDefinition? {
    guard let scope else { return nil }
    if let service = bySigningName[scope] { return service }
    throw .unknownService(scope)
  }

  private func route(_ request: HTTPRequest, to service: ServiceDefinition) -> Route {
    let protocols = service.model.protocols
    if let query = protocols.first(where: { $0 == .query || $0 == .ec2 }) {
      return Route(service: service, wireProtocol: query)
    }
    let wireProtocol = protocols.first ?? .json11
    if service.model.signingName == "s3" {
      // S3 Control is signed as S3: its paths begin with its version, and its requests name an account. Buckets' don't.
      if request.path.hasPrefix("/v20180820/"), request.first("x-amz-account-id") != nil,
        let control = services.first(where: { $0.model.serviceID == "s3control" })
      {
        return Route(service: control, wireProtocol: wireProtocol)
      }
      return Route(
        service: service, wireProtocol: wireProtocol, virtualHostBucket: ServiceRouter.bucket(inHost: request))
    }
    return Route(service: service, wireProtocol: wireProtocol)
  }

  /// Whether the request has the form of the query protocol.
  func isForm(_ request: HTTPRequest) -> Bool {
    let type = request.first("content-type")?.lowercased()
    if request.method == "POST", type?.hasPrefix("application/x-www-form-urlencoded") ?? false { return true }
    return ServiceRouter.parameter("Action", in: request.query) != nil
  }

  /// A parameter's raw value in a query string or form.
  static func parameter(_ name: String, in query: String) -> String? {
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      guard pair.count > name.utf8.count, pair.starts(with: name.utf8) else { continue }
      let rest = pair.dropFirst(name.utf8.count)
      if rest.first == UInt8(ascii: "=") { return String(Substring(rest.dropFirst())) }
    }
    return nil
  }

  /// The names of this machine and of AWS that hosts end in.
  private static let bases = ["localhost", "localhost.localstack.cloud", "amazonaws.com"]

  /// The host without its port; nothing for IPv6 addresses.
  private static func hostName(_ request: HTTPRequest) -> String? {
    guard let host = request.first("host")?.lowercased(), !host.hasPrefix("[") else { return nil }
    return String(host.prefix { $0 != ":" })
  }

  /// The website that a host names: `bucket.s3-website-region.…` or `bucket.s3-website.region.…`; the Region may be left out
  /// on this machine. AWS: S3 user guide, "Website endpoints".
  static func website(inHost request: HTTPRequest) -> (bucket: String, region: String?)? {
    guard let host = hostName(request), host.contains(".s3-website") else { return nil }
    for base in bases where host.hasSuffix("." + base) {
      let labels = host.dropLast(base.utf8.count + 1).split(separator: ".").map(String.init)
      guard let index = labels.lastIndex(where: { $0 == "s3-website" || $0.hasPrefix("s3-website-") }), index > 0 else {
        return nil
      }
      let rest = labels[index...].joined(separator: ".").dropFirst("s3-website".count + 1)
      return (labels[..<index].joined(separator: "."), rest.isEmpty ? nil : String(rest))
    }
    return nil
  }

  /// Hosts that S3 answers under; a name in front of one is a bucket.
  /// AWS: S3 user guide, "Virtual hosting of buckets"; the names of this machine are ours.
  static func bucket(inHost request: HTTPRequest) -> String? {
    guard let host = hostName(request) else { return nil }
    for base in bases where host.hasSuffix("." + base) {
      var labels = host.dropLast(base.utf8.count + 1).split(separator: ".").map(String.init)
      // …bucket.s3.region.localhost, bucket.s3-region.amazonaws.com, bucket.s3.localhost, bucket.localhost
      if let index = labels.lastIndex(where: { $0 == "s3" || $0.hasPrefix("s3-") }), labels.count - index <= 3 {
        labels.removeSubrange(index...)
      } else if base == "amazonaws.com" {
        return nil
      }
      return labels.isEmpty ? nil : labels.joined(separator: ".")
    }
    return nil
  }
}

extension ServiceModel {
  /// Whether this is what precedes the operation in the service's `X-Amz-Target`: old clients write a Java package in front
  /// of it (`com.amazonaws.swf.service.model.SimpleWorkflowService`).
  func isTarget(_ prefix: String) -> Bool {
    guard let targetPrefix else { return false }
    return prefix == targetPrefix || prefix.hasSuffix("." + targetPrefix)
  }

  /// The service's form-based protocol.
  var queryProtocol: WireProtocol { protocols.contains(.ec2) ? .ec2 : .query }

  /// Whether the service accepts forms.
  var speaksQuery: Bool { protocols.contains(.query) || protocols.contains(.ec2) }
}
