import Cloud
import FrontDoor
import Organizations
import Wire

/// `PUT /_hakoniwa/accounts`: gives an account outside of organizations its name and address, for real organizations
/// that are reproduced here. In AWS the account's owner does that.
enum AccountNamesPage {
  static func answer(_ body: [String: Any], _ store: Store) async throws -> HTTPResponse {
    guard let account = (body["account"] as? String).flatMap({ AccountID($0) }), let name = body["name"] as? String,
      let email = body["email"] as? String, !name.isEmpty, email.contains("@")
    else { throw StoreFailure("say {\"account\": \"<twelve digits>\", \"name\": …, \"email\": …}") }
    try await store.transact { transaction throws(AWSError) in
      try AccountNames.set(account, name: name, email: email, in: transaction)
    }
    return .json(200, ["account": account.rawValue, "name": name, "email": email])
  }
}
