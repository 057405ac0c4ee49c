import com.squareup.moshi.adapter
import kotlin.reflect.KType
import org.stillpoint.client.infrastructure.Serializer

/** By the client's own settings. */
@OptIn(ExperimentalStdlibApi::class)
fun <T> readJson(json: String, type: KType): T = Serializer.moshi.adapter<T>(type).fromJson(json)!!
