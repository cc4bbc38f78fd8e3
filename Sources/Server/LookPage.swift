import Cloud
import FrontDoor
import Wire

/// `POST /_hakoniwa/look`: reads an account's things by an operation that changes nothing, unjudged and unrecorded.
struct LookPage: Sendable {
  let calls: InternalCalls
  let region: Region

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let bytes = try await request.body.collect(upTo: 1 << 20)
    guard let body = JSONValue(parsing: bytes), let account = body["account"]?.string.flatMap({ AccountID($0) }),
      let service = body["service"]?.string, let operation = body["operation"]?.string
    else {
      throw StoreFailure(
        "say {\"account\": \"111122223333\", \"service\": \"iam\", \"operation\": \"ListRoles\", \"input\": {…}}, and "
          + "perhaps region")
    }
    let region = body["region"]?.string.flatMap { Region($0) } ?? region
    return await ServiceCalls.answer { () throws(AWSError) in
      try await calls.look(operation, of: service, body["input"] ?? .object([]), at: account, in: region)
    }
  }
}
