import Cloud
import Wire

/// What Organizations does later, by itself.
enum OrganizationTimer: String {
  case finishCreation = "create"
  case forgetCreation = "forgetCreation"
  case finishClosing = "close"
  case endClosed = "end"
  case expireHandshake = "expire"
  case forgetHandshake = "forgetHandshake"

  /// The timer for one entity of an organization.
  func request(_ organization: String, _ id: String, at due: Timestamp) -> TimerRequest {
    TimerRequest(service: OrganizationsService.name, name: name(organization, id), in: .global, due: due)
  }

  /// Stops the timer for one entity.
  func cancel(_ organization: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    try transaction.cancelTimer(service: OrganizationsService.name, name: name(organization, id), in: .global)
  }

  private func name(_ organization: String, _ id: String) -> Key {
    Key(.string(rawValue), .string(organization), .string(id))
  }

  /// Does what was to be done.
  static func run(
    _ timer: TimerRequest, _ limits: OrganizationLimits, _ transaction: Transaction
  ) throws(AWSError) {
    let parts = timer.name.parts
    guard parts.count == 3, case .string(let name) = parts[0], case .string(let organization) = parts[1],
      case .string(let id) = parts[2], let task = OrganizationTimer(rawValue: name)
    else { return }
    switch task {
    case .finishCreation: try AccountCreation(limits: limits).finish(organization, id, transaction)
    case .forgetCreation: try AccountCreation.forget(organization, id, transaction)
    case .finishClosing: try LeavingAccounts.finishClosing(organization, id, transaction)
    case .endClosed: try LeavingAccounts.endClosed(organization, id, transaction)
    case .expireHandshake: try Handshakes.expire(organization, id, transaction)
    case .forgetHandshake: try Handshakes.forget(organization, id, transaction)
    }
  }
}
