import Testing
import Wire

@testable import Cloud
@testable import CloudTrail

@Suite struct SelectorTests {
  static func facts(
    management: Bool = false, readOnly: Bool = false, name: String = "PutObject", source: String = "s3.amazonaws.com",
    resources: [EventResource] = [
      EventResource(type: "AWS::S3::Object", arn: "arn:aws:s3:::photos/2027/cat.jpg", account: nil),
      EventResource(type: "AWS::S3::Bucket", arn: "arn:aws:s3:::photos", account: .first),
    ]
  ) -> EventSelection.Facts {
    let entry = JournalEntry(
      requestID: "r", eventID: EventID(high: 0, low: 0), time: Timestamp(seconds: 0), service: "s3", operation: name,
      region: "us-east-1", caller: JournalCaller(.root(of: .first)), sourceIP: "", userAgent: "", recipients: [.first])
    var facts = EventSelection.Facts(
      EventRecord(entry: entry, event: .management(readOnly: readOnly), recipient: .first))
    facts.isManagement = management
    facts.source = source
    facts.resources = resources
    return facts
  }

  @Test("a new trail takes all management events and no data events")
  func standard() {
    #expect(EventSelection.standard.takes(SelectorTests.facts(management: true)))
    #expect(EventSelection.standard.takes(SelectorTests.facts(management: true, readOnly: true)))
    #expect(!EventSelection.standard.takes(SelectorTests.facts()))
  }

  @Test(
    "a basic selector's values are the beginnings of ARNs",
    arguments: [
      ("arn:aws:s3", true), ("arn:aws:s3:::", true), ("arn:aws:s3:::photos/", true),
      ("arn:aws:s3:::photos/2027", true), ("arn:aws:s3:::photos/2028", false), ("arn:aws:s3:::videos/", false),
    ])
  func basicValues(_ value: String, _ isTaken: Bool) {
    let selector = BasicSelector(
      readWrite: "All", includesManagement: false, resources: [.init(type: "AWS::S3::Object", values: [value])])
    #expect(selector.takes(SelectorTests.facts()) == isTaken)
    #expect(!selector.takes(SelectorTests.facts(management: true)))
  }

  @Test(
    "a basic selector can take only what reads or what writes",
    arguments: [
      ("All", true, true), ("All", false, true), ("ReadOnly", true, true), ("ReadOnly", false, false),
      ("WriteOnly", true, false), ("WriteOnly", false, true),
    ])
  func readWrite(_ kind: String, _ reads: Bool, _ isTaken: Bool) {
    #expect(BasicSelector(readWrite: kind).takes(SelectorTests.facts(management: true, readOnly: reads)) == isTaken)
  }

  @Test("a basic selector can leave KMS out")
  func excludedSources() {
    let selector = BasicSelector(excludedSources: ["kms.amazonaws.com"])
    #expect(!selector.takes(SelectorTests.facts(management: true, source: "kms.amazonaws.com")))
    #expect(selector.takes(SelectorTests.facts(management: true, source: "iam.amazonaws.com")))
  }

  static func advanced(_ fields: [AdvancedSelector.Field]) -> AdvancedSelector { AdvancedSelector(fields: fields) }

  static let data = AdvancedSelector.Field(field: "eventCategory", equals: ["Data"])
  static let objects = AdvancedSelector.Field(field: "resources.type", equals: ["AWS::S3::Object"])

  static let fields: [(AdvancedSelector.Field, Bool)] = [
    (.init(field: "readOnly", equals: ["false"]), true),
    (.init(field: "readOnly", equals: ["true"]), false),
    (.init(field: "eventName", equals: ["PutObject", "GetObject"]), true),
    (.init(field: "eventName", notEquals: ["PutObject"]), false),
    (.init(field: "eventName", startsWith: ["Put"]), true),
    (.init(field: "eventName", startsWith: ["Get"]), false),
    (.init(field: "eventName", notStartsWith: ["Get", "List"]), true),
    (.init(field: "eventName", endsWith: ["Object"]), true),
    (.init(field: "eventName", notEndsWith: ["Object"]), false),
    (.init(field: "resources.ARN", startsWith: ["arn:aws:s3:::photos/"]), true),
    (.init(field: "resources.ARN", startsWith: ["arn:aws:s3:::videos/"]), false),
    (.init(field: "resources.ARN", endsWith: [".jpg"]), true),
    // The bucket is another resource: its ARN doesn't count.
    (.init(field: "resources.ARN", equals: ["arn:aws:s3:::photos"]), false),
    (.init(field: "resources.ARN", notStartsWith: ["arn:aws:s3:::photos/2027"]), false),
    (.init(field: "userIdentity.arn", equals: ["arn:aws:iam::000000000000:root"]), true),
    (.init(field: "userIdentity.arn", notEndsWith: [":root"]), false),
    (.init(field: "eventSource", equals: ["s3.amazonaws.com"]), true),
    (.init(field: "eventType", equals: ["AwsApiCall"]), true),
    (.init(field: "sessionCredentialFromConsole", equals: ["true"]), false),
  ]

  @Test("every field and operator of advanced selectors", arguments: SelectorTests.fields.indices)
  func advancedFields(_ index: Int) {
    let (field, isTaken) = SelectorTests.fields[index]
    let selector = SelectorTests.advanced([SelectorTests.data, SelectorTests.objects, field])
    #expect(selector.takes(SelectorTests.facts()) == isTaken, "\(field)")
  }

  static let wrong: [[AdvancedFieldSelector]] = [
    [.init(field: "readOnly", equals: ["true"])],
    [.init(field: "eventCategory", equals: ["Nonsense"])],
    [.init(field: "eventCategory", startsWith: ["Data"])],
    [.init(field: "eventCategory", equals: ["Data"])],
    [.init(field: "eventCategory", equals: ["Management"]), .init(field: "resources.ARN", equals: ["x"])],
    [.init(field: "eventCategory", equals: ["Management"]), .init(field: "readOnly", equals: ["maybe"])],
    [.init(field: "eventCategory", equals: ["Management"]), .init(field: "eventName")],
    [.init(field: "eventCategory", equals: ["NetworkActivity"])],
  ]

  @Test("advanced selectors that AWS refuses", arguments: SelectorTests.wrong.indices)
  func refused(_ index: Int) {
    #expect(throws: AWSError.self) {
      try SelectorRules.advanced([AdvancedEventSelector(fieldSelectors: SelectorTests.wrong[index])])
    }
  }

  @Test("more than 250 values of data resources are refused")
  func tooManyValues() {
    let values = (0...250).map { "arn:aws:s3:::bucket-\($0)/" }
    let selector = EventSelector(dataResources: [DataResource(type: "AWS::S3::Object", values: values)])
    #expect(throws: AWSError.self) { try SelectorRules.basic([selector]) }
  }
}
