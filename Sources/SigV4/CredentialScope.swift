/// What a signing key is good for: a day, a region and a service.
public struct CredentialScope: Hashable, Sendable {
  /// The last element of every scope of Signature Version 4.
  public static let terminator = "aws4_request"

  /// The day, `YYYYMMDD`.
  public var date: String
  /// The region's name; not checked against any list.
  public var region: String
  /// The service's signing name.
  public var service: String
  /// The last element; `aws4_request` in a valid scope.
  public var terminator: String

  /// A scope with these elements.
  public init(date: String, region: String, service: String, terminator: String = CredentialScope.terminator) {
    self.date = date
    self.region = region
    self.service = service
    self.terminator = terminator
  }

  /// As in a string to sign: `20150830/us-east-1/iam/aws4_request`.
  public var text: String { "\(date)/\(region)/\(service)/\(terminator)" }
}
