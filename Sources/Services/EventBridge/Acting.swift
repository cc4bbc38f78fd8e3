import Cloud
import Wire

extension Context {
  /// The account that a call is about: the caller's own, or that for which a service acts (`aws:SourceAccount`).
  var acting: AccountID {
    get throws(AWSError) {
      if case .service = caller.kind, let account = request.sourceAccount { return account }
      return try account
    }
  }

  /// The service principal that calls, if it is one.
  var servicePrincipal: String? {
    if case .service(let principal) = caller.kind { principal } else { nil }
  }
}
