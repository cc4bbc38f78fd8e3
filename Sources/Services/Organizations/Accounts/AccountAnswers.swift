import Cloud
import Identity
import Wire

extension Account {
  /// An account as the API describes it.
  init(
    _ record: OrganizationAccountRecord, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    self.init(
      id: record.account.rawValue, arn: organization.arn(of: record.account.rawValue), email: record.email,
      name: record.name, status: record.state.status, state: record.state.rawValue,
      paths: [try organization.path(of: .account(record), transaction)], joinedMethod: record.joinedMethod,
      joinedTimestamp: record.joined)
  }
}

extension OrganizationAccountRecord.State {
  /// The older `AccountStatus` for it, which has fewer values.
  ///
  /// AWS: Organizations user guide, "Monitor the state of your AWS accounts": an account that was closed is `CLOSED` for the 90
  /// days in which it can be reinstated; its status is `SUSPENDED`, as is that of one which isn't activated yet.
  var status: String {
    switch self {
    case .active: "ACTIVE"
    case .pendingClosure: "PENDING_CLOSURE"
    case .suspended, .closed, .pendingActivation: "SUSPENDED"
    }
  }
}
