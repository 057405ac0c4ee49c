import java.io.File
import kotlin.reflect.KClass
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.instanceParameter
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.valueParameters
import kotlin.reflect.typeOf

/** What is sent for a parameter of a type of that name, as JSON; any other type is that of the body. */
private val samples =
    mapOf(
        "String" to "\"x\"",
        "Int" to "1",
        "UUID" to "\"01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11\"",
        "Uuid" to "\"01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11\"",
        "OffsetDateTime" to "\"2026-11-03T21:04:05.678Z\"",
        "Instant" to "\"2026-11-03T21:04:05.678Z\"",
        "LocalDate" to "\"2026-11-03\"",
        "List" to "[\"x\"]",
    )

/** Calls every operation, and sees that what the client doesn't know yet is read all the same. */
suspend fun readStrangeAnswers(
    server: String,
    calls: String,
    body: suspend (Any?) -> Any? = { it },
) {
  val apis = mutableMapOf<String, Any>()
  for (line in File(calls).readLines()) {
    val (round, apiName, name, strange, body) = line.split('\t')
    val type = Class.forName("org.stillpoint.client.apis.$apiName").kotlin
    val operation = type.memberFunctions.single { it.name == name }
    val api = apis.getOrPut("$round $apiName") { newApi(type, "$server/$round") }
    try {
      val arguments = operation.valueParameters.associateWith { readJson<Any>(sample(it.type) ?: body, it.type) }
      val answer = body(operation.callSuspendBy(arguments + (operation.instanceParameter!! to api)))
      expect(strange.toInt(), answer.toString().split("unheard-of").size - 1)
    } catch (failure: Exception) {
      throw IllegalStateException("$name, $round", failure)
    }
  }
}

/** By the constructor of which only the address has to be given. */
private fun newApi(type: KClass<*>, url: String): Any =
    type.constructors
        .first { it.parameters.drop(1).all(KParameter::isOptional) }
        .run { callBy(mapOf(parameters.first() to url)) }

private fun sample(type: KType) = samples[(type.classifier as KClass<*>).simpleName]

inline fun <reified T> readJson(json: String): T = readJson(json, typeOf<T>())

fun expect(expected: Any?, actual: Any?) = check(expected == actual) { "Expected $expected, got $actual" }
