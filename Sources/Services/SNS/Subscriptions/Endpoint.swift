import Cloud
import Wire

/// How a subscription is delivered to.
enum DeliveryProtocol: String, Sendable, Codable, CaseIterable {
  case http, https, email, sms, sqs, application, lambda, firehose
  case emailJSON = "email-json"

  /// Whether the endpoint has to answer a message before it gets others.
  var needsConfirmation: Bool {
    switch self {
    case .http, .https, .email, .emailJSON: true
    case .sms, .sqs, .application, .lambda, .firehose: false
    }
  }

  var isWeb: Bool { self == .http || self == .https }
}

/// What SNS accepts as an endpoint, pure.
enum Endpoint {
  /// Checks an endpoint's form.
  static func check(_ endpoint: String, for kind: DeliveryProtocol) throws(AWSError) {
    switch kind {
    case .http, .https:
      guard endpoint.hasPrefix("\(kind.rawValue)://"), endpoint.utf8.count > kind.rawValue.utf8.count + 3 else {
        throw .invalidParameter("Endpoint must match the specified protocol")
      }
    case .email, .emailJSON:
      let parts = endpoint.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !endpoint.utf8.contains(where: { $0 <= 0x20 }) else {
        throw .invalidParameter("Email address")
      }
    case .sms:
      guard PhoneNumber(endpoint) != nil else { throw .invalidParameter("Invalid SMS endpoint: \(endpoint)") }
    case .sqs:
      guard queue(endpoint) != nil else { throw .invalidParameter("SQS endpoint ARN") }
    case .lambda:
      guard let arn = ARN(endpoint), arn.service == "lambda", arn.resource.hasPrefix("function:") else {
        throw .invalidParameter("Lambda endpoint ARN")
      }
    case .firehose:
      guard let arn = ARN(endpoint), arn.service == "firehose" else {
        throw .invalidParameter("Firehose endpoint ARN")
      }
    case .application:
      guard let arn = ARN(endpoint), arn.service == "sns" else { throw .invalidParameter("ApplicationEndpoint ARN") }
    }
  }

  /// The queue that an ARN names.
  static func queue(_ text: String) -> QueueAddress? {
    guard let arn = ARN(text), arn.service == "sqs", let account = arn.accountID, let region = Region(arn.region),
      !arn.resource.contains(":")
    else { return nil }
    return QueueAddress(account: account, region: region, name: arn.resource)
  }

  /// The account that an endpoint belongs to; nothing for endpoints outside the cloud.
  static func account(of endpoint: String, _ kind: DeliveryProtocol) -> AccountID? {
    switch kind {
    case .sqs, .lambda, .firehose, .application: ARN(endpoint)?.accountID
    case .http, .https, .email, .emailJSON, .sms: nil
    }
  }
}

/// Where a queue is.
struct QueueAddress: Sendable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var isFIFO: Bool { name.hasSuffix(".fifo") }

  /// What SQS takes as `QueueUrl`.
  var url: String { "https://sqs.\(region).amazonaws.com/\(account)/\(name)" }
}

/// A phone number in the form of E.164.
struct PhoneNumber: Sendable, Hashable {
  let text: String

  /// `+`, and up to fifteen digits of which the first is no zero.
  init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "+"), (2...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
      digits.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    self.text = text
  }
}
