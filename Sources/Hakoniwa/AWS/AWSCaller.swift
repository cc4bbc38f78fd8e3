import Foundation
import SigV4
import Server

/// Calls AWS operations of a running server as any AWS client does: signed requests to the public API.
struct AWSCaller {
  /// Who signs.
  struct Credentials {
    var accessKeyID: String
    var secretAccessKey: String
    var sessionToken: String?

    /// The root user of an account: a key of twelve digits is that of the account with this number.
    static func root(of account: String) -> Credentials { Credentials(accessKeyID: account, secretAccessKey: "test") }
  }

  /// An error of AWS.
  struct Refusal: Error, CustomStringConvertible {
    let operation: String
    let code: String
    let message: String
    var description: String { "\(operation): \(code): \(message)" }
  }

  let http: LocalHTTP
  let credentials: Credentials
  let region: String

  init(_ address: ServerAddress, as credentials: Credentials) throws {
    var configuration = ServerConfiguration()
    try address.fill(&configuration)
    http = LocalHTTP(configuration: configuration)
    region = configuration.region.rawValue
    self.credentials = credentials
  }

  private init(_ other: AWSCaller, as credentials: Credentials) {
    http = other.http
    region = other.region
    self.credentials = credentials
  }

  /// The same server, for somebody else.
  func `as`(_ credentials: Credentials) -> AWSCaller { AWSCaller(self, as: credentials) }

  // MARK: Organizations

  /// An operation of AWS Organizations.
  /// - Throws: ``Refusal`` with AWS's code, or ``Failure``.
  @discardableResult
  func organizations(_ operation: String, _ input: [String: Any] = [:]) async throws -> [String: Any] {
    let body = try JSONSerialization.data(withJSONObject: input)
    let answer = try await send(
      "POST", "/", service: "organizations", region: "us-east-1",
      headers: [
        ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSOrganizationsV20161128.\(operation)"),
      ], body: body)
    let object = (try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]) ?? [:]
    guard answer.status == 200 else {
      let type = object["__type"] as? String ?? "status \(answer.status)"
      throw Refusal(
        operation: operation, code: type.split(separator: "#").last.map(String.init) ?? type,
        message: object["Message"] as? String ?? object["message"] as? String ?? "")
    }
    return object
  }

  /// All elements of a list that comes in pages.
  func organizations(all list: String, _ operation: String, _ input: [String: Any] = [:]) async throws -> [[String:
    Any]]
  {
    var found: [[String: Any]] = []
    var input = input
    while true {
      let page = try await organizations(operation, input)
      found += page[list] as? [[String: Any]] ?? []
      guard let token = page["NextToken"] as? String else { return found }
      input["NextToken"] = token
    }
  }

  // MARK: IAM and STS

  /// An operation of IAM or STS.
  /// - Returns: the answer as XML.
  @discardableResult
  func query(_ service: String, _ operation: String, _ input: [(String, String)]) async throws -> String {
    let version = service == "iam" ? "2010-05-08" : "2011-06-15"
    let fields = [("Action", operation), ("Version", version)] + input
    let form = fields.map { "\($0.0)=\(AWSCaller.encoded($0.1))" }.joined(separator: "&")
    let answer = try await send(
      "POST", "/", service: service, region: "us-east-1",
      headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")], body: Data(form.utf8))
    let text = String(decoding: answer.body, as: UTF8.self)
    guard answer.status == 200 else {
      throw Refusal(
        operation: operation, code: AWSCaller.element("Code", of: text) ?? "status \(answer.status)",
        message: AWSCaller.element("Message", of: text) ?? "")
    }
    return text
  }

  /// The text of the first element with this name.
  static func element(_ name: String, of xml: String) -> String? {
    elements(name, of: xml).first
  }

  /// The texts of all elements with this name.
  static func elements(_ name: String, of xml: String) -> [String] {
    var found: [String] = []
    var rest = Substring(xml)
    while let start = rest.range(of: "<\(name)>"), let end = rest[start.upperBound...].range(of: "</\(name)>") {
      var text = String(rest[start.upperBound..<end.lowerBound])
      for (escaped, plain) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replacingOccurrences(of: escaped, with: plain)
      }
      found.append(text)
      rest = rest[end.upperBound...]
    }
    return found
  }

  // MARK: S3

  /// The names of the objects of a bucket below a prefix.
  func objects(in bucket: String, prefix: String) async throws -> [String] {
    var keys: [String] = []
    var token: String?
    repeat {
      var query = "list-type=2&prefix=\(AWSCaller.encoded(prefix))"
      if let token { query = "continuation-token=\(AWSCaller.encoded(token))&" + query }
      let answer = try await send("GET", "/\(bucket)", query: query, service: "s3", region: region)
      let text = String(decoding: answer.body, as: UTF8.self)
      guard answer.status == 200 else { throw s3Refusal("ListObjectsV2", answer.status, text) }
      keys += AWSCaller.elements("Key", of: text)
      token = AWSCaller.element("NextContinuationToken", of: text)
    } while token != nil
    return keys
  }

  /// The bytes of an object.
  func object(_ key: String, in bucket: String) async throws -> [UInt8] {
    let path = key.split(separator: "/", omittingEmptySubsequences: false).map { AWSCaller.encoded(String($0)) }
    let answer = try await send("GET", "/\(bucket)/\(path.joined(separator: "/"))", service: "s3", region: region)
    guard answer.status == 200 else {
      throw s3Refusal("GetObject", answer.status, String(decoding: answer.body, as: UTF8.self))
    }
    return answer.body
  }

  private func s3Refusal(_ operation: String, _ status: Int, _ text: String) -> Refusal {
    Refusal(
      operation: operation, code: AWSCaller.element("Code", of: text) ?? "status \(status)",
      message: AWSCaller.element("Message", of: text) ?? "")
  }

  // MARK: Sending

  /// Percent-encoded, as signatures want it: everything but letters, digits and `-._~`.
  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

  private func send(
    _ method: String, _ path: String, query: String = "", service: String, region: String,
    headers: [(String, String)] = [], body: Data? = nil
  ) async throws -> LocalHTTP.Answer {
    let signer = RequestSigner(
      accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken, region: region, service: service)
    let request = SignedRequest(
      method: method, path: path, query: query, headers: [("host", http.authority)] + headers,
      payload: body.map { .bytes(Array($0)) } ?? .empty)
    // Signatures go by the machine's time, wherever the cloud's has been moved to.
    let now = SigningTime(epochSeconds: Int64(Date().timeIntervalSince1970))
    let added = signer.headers(signing: request, at: now)
    return try await http.send(
      .init(rawValue: method), query.isEmpty ? path : path + "?" + query,
      headers: headers + added.map { ($0.name, $0.value) } + [("user-agent", "hakoniwa/0.1.0")], body: body)
  }
}
