import Cloud
import FrontDoor
import Wire

/// `POST /_hakoniwa/service-calls`: calls an operation as an AWS service does, with all permissions asked.
///
/// No client can sign as `ec2.amazonaws.com` or `sns.amazonaws.com`. With this page the credentials of an instance's role can
/// be had (`AssumeRole` as `ec2.amazonaws.com`), and a policy that names a service can be tried before that service is built.
struct ServiceCalls: Sendable {
  let calls: InternalCalls
  let region: Region

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let bytes = try await request.body.collect(upTo: 1 << 20)
    guard let body = JSONValue(parsing: bytes), let principal = body["as"]?.string,
      principal.hasSuffix(".amazonaws.com"), let service = body["service"]?.string,
      let operation = body["operation"]?.string
    else {
      throw StoreFailure(
        "say {\"as\": \"ec2.amazonaws.com\", \"service\": \"sts\", \"operation\": \"AssumeRole\", \"input\": {…}}, and "
          + "perhaps region, sourceArn, sourceAccount")
    }
    var facts = RequestFacts.service(principal)
    facts.sourceARN = body["sourceArn"]?.string
    if let text = body["sourceAccount"]?.string {
      guard let account = AccountID(text) else { throw StoreFailure("an account is twelve digits") }
      facts.sourceAccount = account
    }
    let region = body["region"]?.string.flatMap { Region($0) } ?? region
    return await ServiceCalls.answer { () throws(AWSError) in
      try await calls.call(
        operation, of: service, body["input"] ?? .object([]), as: .service(principal), in: region, facts: facts)
    }
  }

  /// The output of a call, or the service's error with its status.
  static func answer(_ call: () async throws(AWSError) -> JSONValue) async -> HTTPResponse {
    do throws(AWSError) {
      return json(200, .object([.init("output", try await call())]))
    } catch {
      return json(
        error.status ?? 400, .object([.init("code", .string(error.code)), .init("message", .string(error.message))]))
    }
  }

  private static func json(_ status: Int, _ value: JSONValue) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [("content-type", "application/json")], body: .bytes(Array(value.text.utf8) + [10]))
  }
}
