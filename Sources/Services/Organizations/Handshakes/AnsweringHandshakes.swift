import Cloud
import Identity
import Wire

/// AcceptHandshake, DeclineHandshake and CancelHandshake: who may answer what, and when.
struct AnsweringHandshakes: Sendable {
  let limits: OrganizationLimits

  @Sendable func accept(
    _ input: AcceptHandshakeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AcceptHandshakeResponse {
    let (handshake, party) = try Handshakes.visible(input.handshakeId, context, transaction)
    switch handshake.action {
    case .invite, .approveAllFeatures:
      guard party == .recipient else { throw .noPermission() }
      try AnsweringHandshakes.check(handshake, becoming: .accepted, from: .requested, .open)
    case .enableAllFeatures:
      guard party == .sender else { throw .noPermission() }
      // It opens when all members have approved.
      try AnsweringHandshakes.check(handshake, becoming: .accepted, from: .open)
    }
    // What follows from it may end the handshake's siblings, so it ends first.
    let accepted = try Handshakes.end(handshake, as: .accepted, by: try context.account, transaction)
    switch handshake.action {
    case .invite: try Invitations(limits: limits).accept(handshake, context, transaction)
    case .approveAllFeatures: try FeatureMigration.memberApproved(handshake, transaction)
    case .enableAllFeatures: try FeatureMigration.finish(handshake, transaction)
    }
    return AcceptHandshakeResponse(handshake: Handshake(accepted))
  }

  @Sendable func decline(
    _ input: DeclineHandshakeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeclineHandshakeResponse {
    let (handshake, party) = try Handshakes.visible(input.handshakeId, context, transaction)
    guard party == .recipient else { throw .noPermission() }
    try AnsweringHandshakes.check(handshake, becoming: .declined, from: .requested, .open)
    return DeclineHandshakeResponse(handshake: Handshake(try Handshakes.end(handshake, as: .declined, transaction)))
  }

  @Sendable func cancel(
    _ input: CancelHandshakeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CancelHandshakeResponse {
    let (handshake, party) = try Handshakes.visible(input.handshakeId, context, transaction)
    guard party == .sender else { throw .noPermission() }
    try AnsweringHandshakes.check(handshake, becoming: .canceled, from: .requested, .open)
    let canceled = try Handshakes.end(handshake, as: .canceled, transaction)
    if handshake.action == .enableAllFeatures { try FeatureMigration.cancelApprovals(of: handshake, transaction) }
    return CancelHandshakeResponse(handshake: Handshake(canceled))
  }

  /// Whether a handshake can take a step.
  /// - Throws: HandshakeAlreadyInStateException, InvalidHandshakeTransitionException.
  private static func check(
    _ handshake: HandshakeRecord, becoming next: HandshakeRecord.State, from allowed: HandshakeRecord.State...
  ) throws(AWSError) {
    if allowed.contains(handshake.state) { return }
    if handshake.state == next {
      throw AWSError(
        "HandshakeAlreadyInStateException", "The handshake is already in the requested state.", status: 400)
    }
    throw AWSError(
      "InvalidHandshakeTransitionException",
      "You cannot perform this operation on a handshake in its current state, such as attempting to cancel a handshake "
        + "that was previously accepted or attempting to accept a handshake that was declined.", status: 400)
  }
}
