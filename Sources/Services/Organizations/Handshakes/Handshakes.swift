import Cloud
import Identity
import Wire

/// What is common to all handshakes: finding them, ending them, listing them.
enum Handshakes {
  /// Days that a handshake can be seen after it has ended.
  private static let shownDays: Int64 = 30

  /// Stores a new handshake and has it expire.
  static func send(_ handshake: HandshakeRecord, _ transaction: Transaction) throws(AWSError) {
    try transaction.insert(handshake, in: .global)
    try transaction.schedule(
      OrganizationTimer.expireHandshake.request(handshake.organization, handshake.id, at: handshake.expires))
  }

  /// Ends a handshake: it is shown for thirty more days.
  /// - Parameter account: the account that accepted it.
  @discardableResult
  static func end(
    _ handshake: HandshakeRecord, as state: HandshakeRecord.State, by account: AccountID? = nil,
    _ transaction: Transaction
  ) throws(AWSError) -> HandshakeRecord {
    var ended = handshake
    ended.state = state
    ended.acceptedBy = account
    try transaction.update(handshake, to: ended, in: .global)
    try OrganizationTimer.expireHandshake.cancel(handshake.organization, handshake.id, transaction)
    try transaction.schedule(
      OrganizationTimer.forgetHandshake.request(
        handshake.organization, handshake.id,
        at: transaction.now.adding(seconds: shownDays * OrganizationLimits.day)))
    return ended
  }

  /// A handshake that nobody answered in time.
  static func expire(_ organization: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    guard let handshake = try find(id, transaction), handshake.state.isPending else { return }
    try end(handshake, as: .expired, transaction)
  }

  static func forget(_ organization: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    try transaction.delete(HandshakeRecord.self, Key(id), in: .global)
  }

  static func find(_ id: String, _ transaction: Transaction) throws(AWSError) -> HandshakeRecord? {
    try transaction.get(HandshakeRecord.self, Key(id), in: .global)
  }

  /// All handshakes of an organization that can still be seen.
  static func all(
    of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [HandshakeRecord] {
    try transaction.scan(
      HandshakeRecord.self, by: HandshakeRecord.byOrganization, in: .global, .prefix(.string(organization.id)))
  }

  /// How many invitations wait for an answer.
  static func openInvitations(of organization: OrganizationRecord, _ transaction: Transaction) throws(AWSError) -> Int {
    try transaction.count(
      HandshakeRecord.self, by: HandshakeRecord.byTarget, in: .global, .prefix(.string(organization.id)))
  }

  /// An organization that is deleted takes back what it sent.
  static func removeAll(of organization: OrganizationRecord, _ transaction: Transaction) throws(AWSError) {
    for handshake in try all(of: organization, transaction) where handshake.state.isPending {
      try end(handshake, as: .canceled, transaction)
    }
  }

  // MARK: Parties

  /// What the caller's account is to a handshake.
  enum Party {
    case sender, recipient, stranger
  }

  static func party(
    _ account: AccountID, to handshake: HandshakeRecord, _ transaction: Transaction
  ) throws(AWSError) -> Party {
    if account == handshake.sender { return .sender }
    switch handshake.recipient {
    case .account(let recipient): return recipient == account ? .recipient : .stranger
    case .email(let email):
      let profile = try AccountProfileRecord.find(account, transaction)
      return profile.email.lowercased() == email.lowercased() ? .recipient : .stranger
    case nil: return .stranger
    }
  }

  /// The handshake with this id, for one of its parties.
  /// - Throws: HandshakeNotFoundException, also for strangers.
  static func visible(
    _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (handshake: HandshakeRecord, party: Party) {
    guard let handshake = try find(id, transaction) else { throw .notFound(.handshake) }
    let party = try party(try context.account, to: handshake, transaction)
    if party == .stranger { throw .notFound(.handshake) }
    return (handshake, party)
  }

  /// The permission a call on a handshake needs: on the sender's handshake, by the caller's own policies.
  static func access(
    _ action: String, _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let arn = try find(id, transaction)?.arn
    let unknown = "arn:aws:organizations::\(try context.account):handshake/*/*/\(id)"
    return [AccessCheck("organizations:\(action)", on: arn ?? unknown)]
  }

  // MARK: Reading

  static func describe(
    _ input: DescribeHandshakeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeHandshakeResponse {
    DescribeHandshakeResponse(handshake: Handshake(try visible(input.handshakeId, context, transaction).handshake))
  }

  static func listForAccount(
    _ input: ListHandshakesForAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListHandshakesForAccountResponse {
    let account = try context.account
    let profile = try AccountProfileRecord.find(account, transaction)
    var received: [HandshakeRecord] = []
    for key in [account.rawValue, profile.email.lowercased()] {
      received += try transaction.scan(
        HandshakeRecord.self, by: HandshakeRecord.byRecipient, in: .global, .prefix(.string(key)))
    }
    let page = try page(received, input.filter, input.nextToken, input.maxResults, of: "received handshakes")
    return ListHandshakesForAccountResponse(
      handshakes: page.items.map { Handshake($0) }, nextToken: page.nextToken)
  }

  static func listForOrganization(
    _ input: ListHandshakesForOrganizationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListHandshakesForOrganizationResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let sent = try all(of: organization, transaction)
    let page = try page(sent, input.filter, input.nextToken, input.maxResults, of: "sent handshakes")
    return ListHandshakesForOrganizationResponse(
      handshakes: page.items.map { Handshake($0) }, nextToken: page.nextToken)
  }

  private static func page(
    _ handshakes: [HandshakeRecord], _ filter: HandshakeFilter?, _ token: String?, _ size: Int?, of list: String
  ) throws(AWSError) -> Paging.Page<HandshakeRecord> {
    if filter?.actionType != nil, filter?.parentHandshakeId != nil {
      throw .invalidInput(
        "MAX_LIMIT_EXCEEDED_FILTER", "You specified too many filter parameters.")
    }
    let chosen = handshakes.filter { handshake in
      if let action = filter?.actionType { return handshake.action.rawValue == action }
      if let parent = filter?.parentHandshakeId { return handshake.parent == parent }
      return true
    }
    let name = "\(list) \(filter?.actionType ?? "") \(filter?.parentHandshakeId ?? "")"
    return try Paging.page(chosen, by: \.id, token: token, size: size, of: name)
  }
}
