import Policy

/// Makes calls to be judged of a log's records: which actions they needed on which resources, and what is known of
/// their condition keys. Keeps what it learns of events, so it is for one thread.
struct TrailCalls {
  /// What a record says of a call.
  enum Reading {
    /// With a mark that ``TrailCalls/remember(_:_:of:)`` takes with what the change does to it.
    case call(RecordedCall, Mark?)
    /// What the change does to it is known from an earlier call. Of its context nothing is told.
    case settled(RecordedCall, CallChange)
    /// The change can't concern it.
    case unconcerned
    /// It says nothing about SCPs and RCPs.
    case passed(String)
  }

  private var actions: [String: [String: TrailAction]] = [:]
  /// What the change does to calls, where that hangs on callers and actions alone.
  private var settled: [Mark: Settled] = [:]
  private static let remembered = 1 << 17

  private struct Settled {
    /// Nothing if the change makes no difference.
    let change: CallChange?
    /// The action that the change is about.
    let action: String
  }

  /// All that the change's effect on a call hangs on, where that is no more than this.
  struct Mark: Hashable {
    /// See ``TrailIdentity/group``.
    let group: String
    let action: TrailAction
    let region: String
    let isAuthorized: Bool

    static func == (left: Mark, right: Mark) -> Bool {
      left.action === right.action && left.group == right.group && left.region == right.region
        && left.isAuthorized == right.isAuthorized
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(group)
      hasher.combine(ObjectIdentifier(action))
      hasher.combine(region)
    }
  }

  /// Remembers what the change does to calls like this.
  mutating func remember(_ mark: Mark, _ change: CallChange?, of call: RecordedCall) {
    if settled.count >= Self.remembered { settled.removeAll(keepingCapacity: true) }
    settled[mark] = Settled(change: change, action: change.map { call.checks[$0.check].action } ?? "")
  }

  /// Reads a record.
  /// - Parameters:
  ///   - bytes: the batch's request parameters.
  ///   - replayer: knows what the change concerns; the rest is passed over before more is found out about it.
  mutating func read(_ record: TrailRecord, _ bytes: [UInt8], _ replayer: Replayer) -> Reading {
    guard let identity = record.identity else { return .passed("records without a caller") }
    if record.type != "AwsApiCall", !record.type.isEmpty { return .passed("events that are no API calls") }
    guard let ending = Self.ending(record) else { return .passed("calls that were denied by other policies") }
    if identity.kind == .unclear { return .passed("calls whose caller the record does not tell") }
    let event = action(record.source, record.name)
    if event.isFree { return .unconcerned }
    let sides = Sides(record, identity)
    guard sides.isCaller || sides.isOwner else {
      return .passed("records of calls that the caller's own account has too")
    }
    let owner = sides.isOwner ? record.recipient ?? identity.account : nil
    let account = sides.isCaller ? identity.account : nil
    var mayConcern = false
    var isSimple = sides.isCaller
    func look(_ action: String, _ owner: String?) {
      mayConcern = mayConcern || replayer.concerns(principalAccount: account, resourceAccount: owner, action: action)
      isSimple =
        isSimple && replayer.hangsOnCallerOnly(principalAccount: account, resourceAccount: owner, action: action)
    }
    for need in event.needs {
      look(need.action, owner)
      // Which of both it was, only the parameters tell.
      if let version = need.versionAction {
        look(version, owner)
        isSimple = isSimple && replayer.judgesAlike(need.action, version, principalAccount: account)
      }
    }
    if event.passesRoleTo != nil,
      replayer.concerns(principalAccount: account, resourceAccount: nil, action: "iam:PassRole")
    {
      // Whether a role was passed, only the parameters tell.
      mayConcern = true
      isSimple = false
    }
    guard mayConcern else { return .unconcerned }
    var mark: Mark?
    if isSimple {
      let made = Mark(
        group: identity.group, action: event, region: record.region, isAuthorized: ending == .authorized)
      mark = made
    }
    let known = mark.flatMap { settled[$0] }
    if let known, known.change == nil { return .unconcerned }
    let parameters = bytes.withUnsafeBufferPointer {
      TrailParameters(UnsafeBufferPointer(rebasing: $0[record.parameters]))
    }
    if let known, let change = known.change {
      // Which resources it was about is for the report.
      let call = call(record, identity, event, sides, ending, parameters, PartialContext(ConditionContext()))
      if let check = call.checks.firstIndex(where: { $0.action == known.action }) {
        return .settled(
          call,
          CallChange(outcome: change.outcome, check: check, decider: change.decider, missing: change.missing))
      }
    }
    return .call(call(record, identity, event, sides, ending, parameters, context(record, identity)), mark)
  }

  /// Which sides of a call the record stands for. A call between accounts has a record on either side: SCPs are judged
  /// by the caller's, RCPs by the owner's, so that it counts once.
  private struct Sides {
    let isCaller: Bool
    let isOwner: Bool

    init(_ record: TrailRecord, _ identity: TrailIdentity) {
      let isOwn = record.recipient == nil || record.recipient == identity.account
      isCaller = identity.kind == .principal && isOwn
      isOwner = !isOwn || !record.isShared || identity.kind != .principal
    }
  }

  /// How a call ended; nothing if policies other than the organization's denied it.
  private static func ending(_ record: TrailRecord) -> RecordedCall.Ending? {
    guard let code = record.errorCode else { return .authorized }
    guard code.contains("AccessDenied") || code.contains("Unauthorized") || code.contains("AuthorizationError")
    else { return .authorized }
    let message = record.errorMessage ?? ""
    let isOrganization = message.contains("service control policy") || message.contains("resource control policy")
    return isOrganization ? .deniedByOrganization : nil
  }

  private mutating func action(_ source: String, _ name: String) -> TrailAction {
    if let known = actions[source]?[name] { return known }
    let action = TrailAction(source: source, event: name)
    actions[source, default: [:]][name] = action
    return action
  }

  // MARK: Making the call

  private func call(
    _ record: TrailRecord, _ identity: TrailIdentity, _ event: TrailAction, _ sides: Sides,
    _ ending: RecordedCall.Ending, _ parameters: TrailParameters, _ context: PartialContext
  ) -> RecordedCall {
    var checks: [RecordedCheck] = []
    func add(_ action: String, _ resource: PartialResource, _ account: String?, _ context: PartialContext) {
      var context = context
      if let account { context.known.set("aws:ResourceAccount", account) }
      checks.append(
        RecordedCheck(
          action: action, resource: resource, resourceAccount: account, context: context,
          countsServiceControl: sides.isCaller, countsResourceControl: sides.isOwner))
    }
    for need in event.needs {
      let action = parameters["versionId"] == nil ? need.action : need.versionAction ?? need.action
      for (resource, account) in resources(need, record, identity, parameters) {
        add(action, resource, account, context)
      }
    }
    if let service = event.passesRoleTo,
      let role = parameters.arns.first(where: { $0.contains(":iam:") && $0.contains(":role/") })
    {
      var context = context
      context.known.set("iam:PassedToService", service)
      add("iam:PassRole", PartialResource(role), identity.account, context)
    }
    return RecordedCall(
      requestID: record.requestID.isEmpty ? record.eventID : record.requestID, time: record.time, region: record.region,
      principal: identity.principal, principalName: identity.name, ending: ending, checks: checks)
  }

  private func resources(
    _ need: TrailAction.Need, _ record: TrailRecord, _ identity: TrailIdentity, _ parameters: TrailParameters
  ) -> [(PartialResource, String?)] {
    let own = record.isShared ? nil : record.recipient ?? identity.account
    // Actions without types of resources are judged on everything.
    if need.isKnown, need.shapes.isEmpty { return [(PartialResource("*"), own)] }
    var named = record.resources
    for arn in parameters.arns where !named.contains(where: { $0.arn == arn }) { named.append(.init(arn: arn)) }
    // S3's object records name the bucket's owner beside the bucket.
    let bucketOwner = record.resources.first { $0.account != nil }?.account
    func owner(_ arn: String, _ account: String?) -> String? {
      guard let named = ARNText.account(arn) else { return account ?? bucketOwner ?? own }
      return own.map { $0 == named ? $0 : String(named) } ?? String(named)
    }
    if need.isSource {
      // `bucket/key`, as the header of a copy has it.
      guard let source = parameters["x-amz-copy-source"] else { return [(PartialResource(like: "*"), nil)] }
      let path = source.drop { $0 == "/" }.prefix { $0 != "?" }
      return [(PartialResource("arn:\(identity.partition):s3:::\(path)"), nil)]
    }
    if !need.isKnown {
      if named.isEmpty { return [(PartialResource(like: "*"), own)] }
      return named.map { (PartialResource($0.arn), owner($0.arn, $0.account)) }
    }
    func made(_ shape: ResourceShape) -> (arn: String, isExact: Bool) {
      shape.make(partition: identity.partition, region: record.region, account: own ?? "*") {
        parameters.value(of: $0, event: record.name)
      }
    }
    func checked(_ made: (arn: String, isExact: Bool)) -> (PartialResource, String?) {
      made.isExact ? (PartialResource(made.arn), owner(made.arn, nil)) : (PartialResource(like: made.arn), own)
    }
    if need.needsEach {
      return need.shapes.flatMap { shape in
        let fitting = named.filter { shape.fits($0.arn) }
        if fitting.isEmpty { return [checked(made(shape))] }
        return fitting.map { (PartialResource($0.arn), owner($0.arn, $0.account)) }
      }
    }
    let fitting = named.filter { resource in need.shapes.contains { $0.fits(resource.arn) } }
    if !fitting.isEmpty { return fitting.map { (PartialResource($0.arn), owner($0.arn, $0.account)) } }
    let likely = need.shapes.map(made)
    if let exact = likely.first(where: \.isExact) { return [checked(exact)] }
    if likely.count == 1 { return [checked(likely[0])] }
    // One of several types, and the record doesn't tell which.
    return [(PartialResource(like: "*"), own)]
  }

  // MARK: Condition keys

  /// What a record tells of the global condition keys. Tags, keys of services and what a request carried besides its
  /// parameters are unknown.
  private func context(_ record: TrailRecord, _ identity: TrailIdentity) -> PartialContext {
    var keys = identity.context
    keys.reserveCapacity(keys.count + 10)
    keys.set("aws:RequestedRegion", record.region)
    let time = Moment.text(record.time)
    keys.set("aws:CurrentTime", time)
    keys.set("aws:EpochTime", String(record.time / 1000))
    if record.hasTLS { keys.set("aws:SecureTransport", true) }
    if let agent = Self.userAgent(record.userAgent) { keys.set("aws:UserAgent", agent) }
    var absent = identity.absent
    let isAddress =
      record.sourceIP.utf8.first.map { (48...57).contains($0) } == true || record.sourceIP.contains(":")
    if identity.kind == .principal {
      if identity.invokedBy != nil {
        keys.set("aws:ViaAWSService", true)
      } else {
        keys.set("aws:ViaAWSService", false)
        absent = record.vpcEndpoint == nil ? absent.adding(Self.withoutService) : absent.adding(Self.throughEndpoint)
        if let endpoint = record.vpcEndpoint {
          keys.set("aws:SourceVpce", endpoint)
          if isAddress { keys.set("aws:VpcSourceIp", record.sourceIP) }
        } else if isAddress {
          keys.set("aws:SourceIp", record.sourceIP)
        }
      }
    } else if identity.kind == .anonymous, isAddress {
      keys.set("aws:SourceIp", record.sourceIP)
      keys.set("aws:ViaAWSService", false)
    }
    return PartialContext(keys, remainder: .unknown(absent: absent))
  }

  /// S3 writes it in brackets; services write their own names, which the request didn't have.
  private static func userAgent(_ text: String) -> String? {
    if text.isEmpty || text.hasSuffix(".amazonaws.com") || text == "AWS Internal" { return nil }
    // Longer ones are cut off.
    guard text.utf8.count < 1000 else { return nil }
    return text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
  }

  /// Absent from what a principal asks for itself.
  private static let own = [
    "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID",
    "aws:SourceOrgPaths",
  ]
  private static let withoutService = PartialContext.KeySet(
    own + [
      "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
    ])
  private static let throughEndpoint = PartialContext.KeySet(own + ["aws:SourceIp"])
}
