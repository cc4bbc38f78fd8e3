import Testing

@testable import Wire

@Suite struct ServiceCodecTests {
  private func member(_ value: StructureValue, _ shape: Shape?, _ name: String) -> Value {
    guard let position = shape?.member(name)?.position else { return .null }
    return value[position]
  }

  @Test("SQS reads a message alike from JSON and from a form")
  func readsMessages() throws {
    let model = ServiceModels.sqs
    let operation = try #require(model.operations["SendMessage"])
    let json = """
      {"QueueUrl":"http://q/1","MessageBody":"h\\u00e9llo \\n","DelaySeconds":5,
       "MessageAttributes":{"a":{"DataType":"String","StringValue":"x"},"b":{"DataType":"Binary","BinaryValue":"AAEC"}}}
      """
    let form = """
      Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fq%2F1&MessageBody=h%C3%A9llo+%0A&DelaySeconds=5\
      &MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AAEC\
      &MessageAttribute.1.Value.StringValue=x&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Name=a
      """
    let one = try Codec(.json10).decodeInput(
      WireRequest(method: "POST", path: "/", body: Array(json.utf8)), operation: operation, model: model)
    let other = try Codec(.query).decodeInput(
      WireRequest(method: "POST", path: "/", body: Array(form.utf8)), operation: operation, model: model)
    #expect(one == other)
    #expect(member(one, operation.input, "MessageBody") == .string("héllo \n"))
    #expect(member(one, operation.input, "MessageAttributes").map { $0 }?.count == 2)
  }

  @Test("SQS's forms take the older names, and lists in the order of their numbers")
  func readsOldNames() throws {
    let model = ServiceModels.sqs
    let create = try #require(model.operations["CreateQueue"])
    let form =
      "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1&Tag.1.Key=k&Tag.1.Value=v"
    let value = try Codec(.query).decodeInput(
      WireRequest(method: "POST", path: "/", body: Array(form.utf8)), operation: create, model: model)
    #expect(member(value, create.input, "Attributes") == .map(["DelaySeconds": .string("1")]))
    #expect(member(value, create.input, "tags") == .map(["k": .string("v")]))
    let receive = try #require(model.operations["ReceiveMessage"])
    let list = (1...11).reversed().map { "AttributeName.\($0)=n\($0)" }.joined(separator: "&")
    let names = try Codec(.query).decodeInput(
      WireRequest(method: "GET", path: "/", query: "Action=ReceiveMessage&" + list), operation: receive, model: model)
    #expect(member(names, receive.input, "AttributeNames") == .list((1...11).map { .string("n\($0)") }))
  }

  @Test("SQS answers forms with the older names in XML")
  func writesOldNames() throws {
    let model = ServiceModels.sqs
    let operation = try #require(model.operations["ListQueues"])
    let shape = try #require(operation.output)
    var output = StructureValue(count: shape.members.count)
    output[try #require(shape.member("QueueUrls")).position] = .list([.string("http://q/a&b")])
    let response = Codec(.query).encodeOutput(output, operation: operation, model: model, requestID: "r")
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == "<ListQueuesResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><ListQueuesResult><QueueUrl>http://q/a&amp;b"
        + "</QueueUrl></ListQueuesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListQueuesResponse>"
    )
  }

  @Test("SWF's faults and broken constraints have the namespaces of AWS, and operations without output an empty body")
  func writesWorkflowErrors() throws {
    let model = ServiceModels.swf
    func text(_ error: AWSError) -> String {
      String(decoding: Codec(.json10).encodeError(error, model: model, requestID: "r").body, as: UTF8.self)
    }
    #expect(
      text(AWSError("UnknownResourceFault", "Unknown domain: d"))
        == #"{"__type":"com.amazonaws.swf.base.model#UnknownResourceFault","message":"Unknown domain: d"}"#)
    #expect(
      text(AWSError("ValidationException", "Invalid token"))
        == #"{"__type":"com.amazon.coral.validate#ValidationException","message":"Invalid token"}"#)
    #expect(text(AWSError("ThrottlingException", "")) == #"{"__type":"com.amazon.coral.service#ThrottlingException"}"#)
    let operation = try #require(model.operations["RegisterDomain"])
    let answer = Codec(.json10).encodeOutput(.empty, operation: operation, model: model, requestID: "r")
    #expect(answer.status == 200)
    #expect(answer.body.isEmpty)
  }

  @Test("an SQS error has the shape's name in JSON and the older code in the header and in XML")
  func writesQueryCompatibleErrors() {
    let error = AWSError("QueueDoesNotExist", "The specified queue does not exist.")
    let json = Codec(.json10).encodeError(error, model: ServiceModels.sqs, requestID: "r")
    #expect(json.status == 400)
    #expect(json.header("x-amzn-query-error") == "AWS.SimpleQueueService.NonExistentQueue;Sender")
    #expect(
      String(decoding: json.body, as: UTF8.self)
        == #"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}"#)
    let xml = Codec(.query).encodeError(error, model: ServiceModels.sqs, requestID: "r")
    #expect(String(decoding: xml.body, as: UTF8.self).contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"))
    let byCode = AWSError("AWS.SimpleQueueService.NonExistentQueue", "gone")
    let same = Codec(.json10).encodeError(byCode, model: ServiceModels.sqs, requestID: "r")
    #expect(String(decoding: same.body, as: UTF8.self).contains("com.amazonaws.sqs#QueueDoesNotExist"))
  }

  @Test("an S3 error stands alone, with its fields and both ids")
  func writesS3Errors() {
    let error = AWSError(
      "NoSuchKey", "The specified key does not exist.", fields: [("Key", .string("a<b"))])
    let response = Codec(.restXML).encodeError(error, model: ServiceModels.s3, requestID: "R", hostID: "H")
    #expect(response.status == 404)
    #expect(response.header("x-amz-request-id") == "R")
    #expect(
      String(decoding: response.body, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a&lt;b</Key><RequestId>R</RequestId>\
        <HostId>H</HostId></Error>
        """)
  }

  @Test("a bucket's location is the root itself")
  func writesLocations() throws {
    let model = ServiceModels.s3
    let operation = try #require(model.operations["GetBucketLocation"])
    let output = StructureValue(members: [.string("eu-west-1")])
    let response = Codec(.restXML).encodeOutput(output, operation: operation, model: model, requestID: "r")
    #expect(
      String(decoding: response.body, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>
        """)
  }

  @Test("an S3 listing has AWS's root, flattened lists and milliseconds")
  func writesListings() throws {
    let model = ServiceModels.s3
    let operation = try #require(model.operations["ListObjectsV2"])
    let shape = try #require(operation.output)
    let object = try #require(model.shapes.first { $0.name == "Object" })
    var item = StructureValue(count: object.members.count)
    item[try #require(object.member("Key")).position] = .string("k")
    item[try #require(object.member("LastModified")).position] = .timestamp(Timestamp(seconds: 0))
    var output = StructureValue(count: shape.members.count)
    output[try #require(shape.member("Contents")).position] = .list([.structure(item)])
    let text = String(
      decoding: Codec(.restXML).encodeOutput(output, operation: operation, model: model, requestID: "r").body,
      as: UTF8.self)
    #expect(
      text.hasSuffix(
        "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Contents><Key>k</Key><LastModified>"
          + "1970-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>"))
  }

  @Test("S3 reads a grantee's type, metadata headers and keys with any characters")
  func readsS3() throws {
    let model = ServiceModels.s3
    let acl = try #require(model.operations["PutBucketAcl"])
    let body = """
      <AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><AccessControlList><Grant>
      <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>me</ID></Grantee>
      <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>
      """
    let value = try Codec(.restXML).decodeInput(
      WireRequest(method: "PUT", path: "/b", query: "acl", body: Array(body.utf8)), operation: acl, model: model)
    #expect(
      CorpusParameters.text(.structure(value), try #require(acl.input), model).contains(
        #"ID: "me", Type: "CanonicalUser""#))
    let put = try #require(model.operations["PutObject"])
    let object = try Codec(.restXML).decodeInput(
      WireRequest(
        method: "PUT", path: "/b/a%20b/%2B%C3%A9/", headers: [("x-amz-meta-Color", "red"), ("If-None-Match", "*")]),
      operation: put, model: model)
    #expect(member(object, put.input, "Key") == .string("a b/+é/"))
    #expect(member(object, put.input, "Metadata") == .map(["color": .string("red")]))
  }

  @Test(
    "what can't be read is refused in the protocol's own words",
    arguments: [
      (#"{"QueueUrl":1}"#, "NUMBER_VALUE cannot be converted to String"),
      (#"{"QueueUrl":"#, "Unexpected end of the JSON body"), ("[]", "Start of list found where not expected"),
      (#"{"DelaySeconds":"5"}"#, "STRING_VALUE cannot be converted to Integer"),
      (#"{"MessageAttributes":{"a":{"BinaryValue":"%%"}}}"#, "STRING_VALUE cannot be converted to ByteBuffer"),
      (#"{"DelaySeconds":1e99}"#, "NUMBER_VALUE cannot be converted to Integer"),
    ])
  func refusesJSON(_ body: String, _ message: String) throws {
    let operation = try #require(ServiceModels.sqs.operations["SendMessage"])
    let error = #expect(throws: AWSError.self) {
      try Codec(.json10).decodeInput(
        WireRequest(method: "POST", path: "/", body: Array(body.utf8)), operation: operation, model: ServiceModels.sqs)
    }
    #expect(error?.code == "SerializationException")
    #expect(error?.message == message)
  }

  @Test("S3 calls broken XML malformed and a wrong number an invalid argument")
  func refusesS3() throws {
    let model = ServiceModels.s3
    let operation = try #require(model.operations["DeleteObjects"])
    for body in [
      " ", "<Delete>", "<Delete></Other>", "<!DOCTYPE a><Delete/>",
      "<Delete><Object><Key>&nope;</Key></Object></Delete>",
      "<Delete/>x",
    ] {
      let error = #expect(throws: AWSError.self) {
        try Codec(.restXML).decodeInput(
          WireRequest(method: "POST", path: "/b", query: "delete", body: Array(body.utf8)), operation: operation,
          model: model)
      }
      #expect(error?.code == "MalformedXML")
    }
    let list = try #require(model.operations["ListObjectsV2"])
    let error = #expect(throws: AWSError.self) {
      try Codec(.restXML).decodeInput(
        WireRequest(method: "GET", path: "/b", query: "list-type=2&max-keys=many"), operation: list, model: model)
    }
    #expect(error?.code == "InvalidArgument")
    #expect(error?.message == "Provided max-keys not an integer or within integer range")
  }
}
